// The way in with a browser: the first administrator, log out, log in, and how it looks on phones and desks.
import { afterAll, afterEach, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
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

async function looksWell({ page, complaints }: View, name: string): Promise<void> {
  await picture(page, name);
  expect(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
  const isTouched = (page.viewportSize()?.width ?? 0) < 900;
  if (isTouched) expect(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
  expect(complaints).toEqual([]);
}

const looks: readonly (readonly [name: string, options: ViewOptions])[] = [
  ['1280-en-light', { locale: 'en-GB', scheme: 'light' }],
  ['1280-zh-dark', { locale: 'zh-CN', scheme: 'dark' }],
  ['390-en-dark', { width: 390, height: 844, locale: 'en-GB', scheme: 'dark' }],
  ['320-zh-light', { width: 320, height: 700, locale: 'zh-CN', scheme: 'light' }],
];

describe.each(looks)('%s', (name, options) => {
  test('in by the link of the start, out again and in again', async () => {
    house = await startHouse();
    const view = await browser.open(house.setupUrl ?? '', options);
    const { page } = view;
    const field = (key: string) => page.locator(`input[name=${key}]`);
    await makeAdministrator(page, 'anna', 'lang genug 7');
    await page.goto(`${house.url}/rules`);
    await page.locator('.pill[data-state="live"]').waitFor();
    await looksWell(view, `rules-as-anna-${name}`);
    await page.locator('.header-tools button').last().click();
    await field('password').fill('wrong');
    await field('username').fill('anna');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').waitFor();
    await looksWell(view, `login-${name}`);
    await field('password').fill('lang genug 7');
    await page.locator('button[type=submit]').click();
    await page.locator('.pill[data-state="live"]').waitFor();
    await page.reload();
    await page.locator('.pill[data-state="live"]').waitFor();
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});
