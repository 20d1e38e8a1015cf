// Every page in both languages, light and dark, on phones and desks: nothing overflows, every target can be touched.
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  overflowOf,
  picture,
  putRule,
  shiftOf,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
  type View,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;

const fan = `id: fan
name: Fan above the threshold of its room, which may be a rather long name
description: 每个房间都有自己的阈值
labels: [climate, 客厅]
triggers:
  - message: home/{room}/temperature
conditions:
  - payload.celsius > $state('home/' & params.room & '/threshold', 28)
actions:
  - publish: home/{{ params.room }}/fan/set
    payload: { state: "ON", because: "{{ payload.celsius }}" }
  - delay: 1h
`;

beforeAll(async () => {
  house = await startHouse();
  await putRule(house.url, 'fan', fan);
  const mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`);
  await mqtt.publishAsync(
    'home/kitchen/temperature',
    '{"celsius":31,"note":"averylongwordwithoutanyspace"}',
    {
      qos: 1,
    },
  );
  await mqtt.publishAsync('home/a-very-long-room-name-that-does-not-fit/temperature', '{"celsius":20}', {
    qos: 1,
  });
  await mqtt.endAsync();
});

afterAll(async () => {
  await browser.close();
  await house?.stop();
});

const pages: readonly (readonly [name: string, path: string, ready: string])[] = [
  ['home', '/', '.event'],
  ['rules', '/rules', '.rule-row'],
  ['edit', '/rules/fan', '.entry-add'],
  ['runs', '/rules/fan?tab=runs', '.run-row'],
  ['all-runs', '/runs', '.run-row'],
  ['new', '/rules/new?start=example', '.entry-add'],
  ['topics', '/topics', '.topic-row'],
  ['topic', '/topics?topic=home%2Fkitchen%2Ftemperature', '.topic-facts'],
  ['bridges', '/bridges', '.empty'],
  ['plugins', '/bridges?part=plugins', '.plugin'],
  ['flows', '/flows', '.seed'],
  ['access', '/access', '.access-head'],
  ['access-rules', '/access?part=rules&access=write&filter=home', '.verdict'],
  ['system', '/system', '.system-counters'],
  ['log', '/system?part=log', '.system-tools'],
  ['audit', '/system?part=audit', '.audit-row'],
  ['secrets', '/system?part=secrets', '.secret-form'],
];

async function visit(view: View, path: string, ready: string): Promise<void> {
  await view.page.goto(house.url + path);
  await view.page.locator(ready).first().waitFor();
  await view.page.locator('.pill[data-state="live"]').waitFor();
}

describe.each([
  [390, 'en-GB', 'light'],
  [390, 'zh-CN', 'dark'],
  [320, 'zh-CN', 'light'],
  [320, 'en-GB', 'dark'],
] as const)('at %i px in %s, %s', (width, locale, scheme) => {
  test('no page overflows and every target is large enough', async () => {
    const view = await browser.open(house.url, { width, height: 844, locale, scheme });
    for (const [name, path, ready] of pages) {
      await visit(view, path, ready);
      await expectAccessible(view.page);
      await picture(view.page, `${name}-${width}-${locale}-${scheme}`);
      expect(await overflowOf(view.page), `${name} overflows`).toBeLessThanOrEqual(0);
      expect(await smallTargetsOf(view.page), `${name} has small targets`).toEqual([]);
    }
    await visit(view, '/rules/fan?tab=runs', '.run-row');
    await view.page.locator('.run-row').last().click();
    await view.page.locator('.operand').first().waitFor();
    await picture(view.page, `trace-${width}-${locale}-${scheme}`);
    expect(await overflowOf(view.page), 'the trace overflows').toBeLessThanOrEqual(0);
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});

describe('at a desk', () => {
  test.each([
    ['en-GB', 'light'],
    ['zh-CN', 'dark'],
  ] as const)('pages in %s, %s stand still while they load', async (locale, scheme) => {
    const view = await browser.open(house.url, { locale, scheme });
    for (const [name, path, ready] of pages) {
      await visit(view, path, ready);
      await expectAccessible(view.page);
      await picture(view.page, `${name}-1280-${locale}-${scheme}`);
      expect(await overflowOf(view.page), `${name} overflows`).toBeLessThanOrEqual(0);
      expect(await shiftOf(view.page), `${name} moves`).toBeLessThan(0.05);
    }
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('the language changes in place and stays after a reload', async () => {
    const view = await browser.open(`${house.url}/rules`);
    const { page } = view;
    await page.getByRole('heading', { name: 'Rules' }).waitFor();
    await page.getByRole('button', { name: 'Language: 简体中文' }).click();
    await page.getByRole('heading', { name: '规则' }).waitFor();
    expect(await page.title()).toBe('规则 · 家规');
    await page.reload();
    await page.getByRole('heading', { name: '规则' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN');
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('the appearance goes round and is there before the first paint of the next visit', async () => {
    const view = await browser.open(`${house.url}/rules`);
    const { page } = view;
    const scheme = (): Promise<string | null> =>
      page.evaluate("document.documentElement.getAttribute('data-mantine-color-scheme')");
    await page.getByRole('button', { name: 'Appearance: As the device' }).click();
    await page.getByRole('button', { name: 'Appearance: Light' }).click();
    await page.getByRole('button', { name: 'Appearance: Dark' }).waitFor();
    expect(await scheme()).toBe('dark');
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload();
    expect(await scheme()).toBe('dark');
    await view.close();
  });

  test('the pages can be used with the keyboard alone', async () => {
    const view = await browser.open(`${house.url}/topics`);
    const { page } = view;
    await page.locator('.topic-row').first().waitFor();
    await page.getByRole('tree').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('treeitem', { name: /kitchen/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page
      .getByRole('treeitem', { name: /temperature/ })
      .first()
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/topic=home%2Fkitchen%2F/);
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});
