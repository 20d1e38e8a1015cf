// The pages for administrators in a real browser: a device gets its password and what it was denied is allowed; the editor of
// flows opens within the page in the language of the page.
import { connectAsync } from 'mqtt';
import { afterAll, afterEach, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  overflowOf,
  picture,
  TestBrowser,
  testWithChromium as test,
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
