// A person sees what a draft would have done, plays it without a trace in the house, and asks why and who.
import { connectAsync } from 'mqtt';
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
  type View,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;

const fan = `id: fan
name: 客厅风扇
mode: parallel
triggers: [{ message: home/living/temperature }]
conditions: [payload.celsius > 26]
actions:
  - publish: home/living/fan/set
    payload: "ON"
  - delay: 5m
  - publish: home/living/fan/set
    payload: "OFF"
tests:
  - name: 热了就开
    steps: [{ publish: home/living/temperature, payload: { celsius: 30 } }]
    expect: { published: [{ topic: home/living/fan/set, payload: "ON" }] }
`;
const shadow = fan.replace('id: fan', 'id: twin\nshadow: true').replace(/tests:.*/s, '');
const draft = fan.replace('> 26', '> 24');

beforeAll(async () => {
  house = await startHouse();
  await putRule(house.url, 'fan', fan);
  await putRule(house.url, 'twin', shadow);
  const mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, { clientId: 'thermometer' });
  for (const celsius of [23, 25.8, 27.5, 25])
    await mqtt.publishAsync('home/living/temperature', JSON.stringify({ celsius }), { qos: 1 });
  await mqtt.endAsync();
});

afterAll(async () => {
  await browser.close();
  await house?.stop();
});

async function looked(view: View, name: string, width: number): Promise<void> {
  await picture(view.page, name);
  // What the bars of the page cover while it is scrolled is no barrier.
  await view.page.evaluate('window.scrollTo(0, 0)');
  await expectAccessible(view.page);
  expect(await overflowOf(view.page), `${name} overflows`).toBeLessThanOrEqual(0);
  if (width < 900) expect(await smallTargetsOf(view.page), `${name} has small targets`).toEqual([]);
}

const texts = {
  'en-GB': {
    backtest: 'Try the draft on the past',
    differs: 'Would have run 3× instead of 1× (+2, −0).',
    moment: 'Try this moment',
    once: 'at once',
    lane: 'Runs of the last 24 hours',
    short: / short$/,
    who: 'Who did this? home/living/fan/set',
    end: 'It came from thermometer, a device or program.',
  },
  'zh-CN': {
    backtest: '用过去的记录试草稿',
    differs: '会运行 3 次，原来是 1 次（+2，−0）。',
    moment: '试这一刻',
    once: '立即',
    lane: '过去 24 小时的运行',
    short: /差 \d/,
    who: '谁干的？ home/living/fan/set',
    end: '来自设备或程序 thermometer。',
  },
} as const;

test.each([
  [1280, 'en-GB', 'light'],
  [390, 'zh-CN', 'light'],
  [1280, 'zh-CN', 'dark'],
  [320, 'en-GB', 'dark'],
] as const)('at %i px in %s, %s', async (width, locale, scheme) => {
  const say = texts[locale];
  const view = await browser.open(`${house.url}/rules/fan`, { width, height: 900, locale, scheme });
  const { page } = view;
  await page.evaluate(
    `localStorage.setItem('homerule.draft.fan', ${JSON.stringify(
      JSON.stringify({ source: draft, version: 1, savedAt: Date.now() }),
    )})`,
  );
  await page.reload();
  await page.getByRole('button', { name: say.backtest }).click();
  await page.locator('.backtest-words').waitFor();
  expect(await page.locator('.backtest-words').textContent()).toBe(say.differs);
  await page.getByText(say.differs).scrollIntoViewIfNeeded();
  await looked(view, `backtest-${width}-${locale}-${scheme}`, width);
  await page.getByRole('button', { name: say.moment }).first().click();
  await page.getByText(say.once, { exact: true }).waitFor();
  await page.locator('.would').last().scrollIntoViewIfNeeded();
  await looked(view, `dry-run-${width}-${locale}-${scheme}`, width);

  await page.goto(`${house.url}/rules/fan?tab=runs`);
  await page.getByRole('slider', { name: say.lane }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('.why-answer').waitFor();
  await page.getByText(say.short).first().waitFor();
  await looked(view, `why-${width}-${locale}-${scheme}`, width);

  await page.goto(`${house.url}/rules/fan?tab=runs`);
  await page.locator('.run-row').last().click();
  await page.locator('.run-tools').waitFor();
  await looked(view, `run-tools-${width}-${locale}-${scheme}`, width);
  await page.locator('.run-tools a').last().click();
  await page.locator('.dry-outcome').waitFor();

  await page.goto(`${house.url}/rules/fan?tab=tests`);
  await page.locator('.test[data-passed="true"]').waitFor();
  await looked(view, `tests-${width}-${locale}-${scheme}`, width);

  await page.goto(`${house.url}/rules/twin?tab=tests`);
  await page.locator('.shadow-entry').first().waitFor();
  await looked(view, `shadow-${width}-${locale}-${scheme}`, width);

  await page.goto(`${house.url}/topics?topic=home%2Fliving%2Ffan%2Fset`);
  await page.getByRole('button', { name: say.who }).click();
  await page.getByText(say.end).waitFor();
  await page.getByText(say.end).scrollIntoViewIfNeeded();
  await looked(view, `who-${width}-${locale}-${scheme}`, width);
  expect(view.complaints).toEqual([]);
  await view.close();
});
