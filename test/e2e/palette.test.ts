// The palette and the list of keys, by keyboard alone.
import { afterAll, beforeAll, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  overflowOf,
  picture,
  putRule,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;

beforeAll(async () => {
  house = await startHouse();
  await putRule(
    house.url,
    'hall',
    'id: hall\nname: 走廊灯\ntriggers: [{ startup: true }]\nactions: [{ log: hi }]\n',
  );
});

afterAll(async () => {
  await browser.close();
  await house?.stop();
});

test.each([
  [1280, 'en-GB', 'light'],
  [1280, 'zh-CN', 'dark'],
  [390, 'zh-CN', 'light'],
  [390, 'en-GB', 'dark'],
] as const)(
  'at %i px in %s, %s: a rule is found by its initials, and is recent then',
  async (width, locale, scheme) => {
    const view = await browser.open(house.url, { width, height: 844, locale, scheme });
    const { page } = view;
    await page.locator('.pill[data-state="live"]').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('zld');
    await page.getByRole('option', { name: '走廊灯' }).first().waitFor();
    await expectAccessible(page);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    if (width < 900) expect(await smallTargetsOf(page)).toEqual([]);
    await picture(page, `palette-${width}-${locale}-${scheme}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/rules\/hall$/);
    await page.goto(`${house.url}/runs`);
    await page.locator('.pill[data-state="live"]').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page);
    await picture(page, `keys-${width}-${locale}-${scheme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    expect(await page.getByRole('option').first().textContent()).toContain('走廊灯');
    expect(view.complaints).toEqual([]);
    await view.close();
  },
);
