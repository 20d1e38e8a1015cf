// The pages for administrators in a real browser: a device gets its password and what it was denied is allowed; the editor of
// flows opens within the page in the language of the page.
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, describe, expect } from 'vitest';
import { invoke } from '../cli/invoke.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  makeAdministrator,
  overflowOf,
  picture,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
  type View,
  type ViewOptions,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse | undefined;
afterEach(async () => {
  await house?.stop();
  house = undefined;
});
afterAll(() => browser.close());

const looks: readonly (readonly [name: string, options: ViewOptions])[] = [
  ['1280-en', { locale: 'en-GB' }],
  ['390-zh', { width: 390, height: 844, locale: 'zh-CN', scheme: 'dark' }],
];

async function looksWell({ page, complaints }: View, name: string): Promise<void> {
  await picture(page, name);
  expect(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
  const isTouched = (page.viewportSize()?.width ?? 0) < 900;
  if (isTouched) expect(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
}

/** Text, because the types of this project know no browser. On a desk there is no bar at the lower edge. */
const isBarCovered = `
  (() => {
    const bar = document.querySelector('.ways').getBoundingClientRect();
    const toast = document.querySelector('.mantine-Notification-root').getBoundingClientRect();
    return window.innerWidth < 900 && toast.bottom > bar.top;
  })()
`;

describe.each(looks)('%s', (name, options) => {
  test('a device is added, is denied, and is allowed', async () => {
    house = await startHouse();
    const view = await browser.open(`${house.url}/access`, options);
    const { page } = view;
    await page.locator('.access-head button').click();
    await page.locator('.access-form input').first().fill('lamp');
    await page.locator('.access-form button[type=submit]').click();
    const password = (await page.locator('.snippet pre').first().textContent()) ?? '';
    await expectAccessible(page);
    await picture(page, `access-made-${name}`);
    const login = { username: 'lamp', password, clientId: 'lamp-1' };
    const lamp = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, login);
    await lamp.publishAsync('home/scene', 'evening', { qos: 1 });
    await page.goto(`${house.url}/access?part=denied`);
    await page.locator('.access-row a').click();
    await page.locator('.verdict[data-allowed=false]').waitFor();
    await page.locator('form.access-line button[type=submit]').click();
    await page.locator('.verdict[data-allowed=true]').waitFor();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await picture(page, `access-allowed-${name}`);
    await lamp.endAsync();
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('other sessions are ended, and everybody is asked about at once', async () => {
    house = await startHouse();
    const view = await browser.open(house.setupUrl ?? '', options);
    const { page } = view;
    await makeAdministrator(page, 'anna', 'lang genug 7');
    const other = await fetch(`${house.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1' },
      body: JSON.stringify({ username: 'anna', password: 'lang genug 7' }),
    });
    const cookie = other.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await page.goto(`${house.url}/access?part=sessions`);
    await page.getByText('Safari · iPhone').waitFor();
    expect(await page.locator('.access-row').count()).toBe(2);
    await looksWell(view, `access-sessions-${name}`);
    await page.locator('.access-row button').click();
    await page.getByText('Safari · iPhone').waitFor({ state: 'detached' });
    const toast = page.locator('.mantine-Notification-root');
    await toast.waitFor();
    await picture(page, `access-toast-${name}`);
    expect(await page.evaluate<boolean>(isBarCovered), 'a toast covers the bar').toBe(false);
    const answer = await fetch(`${house.url}/api/v1/rules`, { headers: { cookie } });
    expect(answer.status).toBe(401);
    await page.goto(`${house.url}/access?part=rules&access=write&filter=home/door`);
    await page.locator('.access-line-whole label').nth(1).click();
    await page.locator('.who').nth(1).waitFor();
    await looksWell(view, `access-who-${name}`);
    await view.close();
  });

  test('a backup is made, looked into and deleted', async () => {
    house = await startHouse();
    const view = await browser.open(`${house.url}/system?part=backups`, options);
    const { page } = view;
    await page.locator('.backup-form > button').click();
    await page.locator('.backup-row').waitFor();
    await page.locator('.backup-head button').first().click();
    await page.locator('.backup-details').waitFor();
    await page.locator('.mantine-Notification-root').waitFor({ state: 'detached' });
    await looksWell(view, `system-backups-${name}`);
    await page.locator('.backup-head button').nth(1).click();
    await page.locator('.mantine-Modal-content .button-danger').click();
    await page.locator('.backup-row').waitFor({ state: 'detached' });
    await view.close();
  });

  test('a certificate says how long it is good, and its CA can be fetched', async () => {
    house = await startHouse();
    const { code } = await invoke(['certificate', '--data', house.dataDir]);
    expect(code).toBe(0);
    const view = await browser.open(`${house.url}/system`, options);
    await view.page.locator('.system-tls-state[data-tone=good]').scrollIntoViewIfNeeded();
    await looksWell(view, `system-certificate-${name}`);
    expect((await fetch(`${house.url}/ca.pem`)).headers.get('content-type')).toContain('x-x509-ca-cert');
    await view.close();
  });

  test('the editor of flows opens within the page', async () => {
    house = await startHouse();
    const view = await browser.open(`${house.url}/flows?part=editor`, options);
    const { page } = view;
    const deploy = page.frameLocator('.flows-frame').locator('#red-ui-header-button-deploy');
    await deploy.waitFor();
    expect(await deploy.textContent()).toContain(options.locale === 'zh-CN' ? '部署' : 'Deploy');
    await picture(page, `flows-editor-${name}`);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await view.close();
  });
});
