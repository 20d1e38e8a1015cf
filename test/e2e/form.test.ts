// A rule is written in the form with the keyboard alone, in both languages and two widths; it is applied, and it fires.
import { connectAsync, type MqttClient } from 'mqtt';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { pick, tabTo } from './form-keys.ts';
import {
  expectAccessible,
  overflowOf,
  picture,
  putRule,
  shiftOf,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;
let mqtt: MqttClient;

beforeAll(async () => {
  house = await startHouse();
  mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`);
  await mqtt.subscribeAsync('home/fan/set', { qos: 1 });
});

afterAll(async () => {
  await browser.close();
  await mqtt?.endAsync();
  await house?.stop();
});

const words = {
  'en-GB': {
    name: 'Name',
    trigger: 'Add a trigger',
    condition: 'Add a condition',
    action: 'Add an action',
    apply: 'Apply',
    message: 'matching message',
    expression: 'expression',
    publish: 'publish',
    payload: 'Payload',
    fires: 'finished',
    expected: 'A message arrives on home/temp',
  },
  'zh-CN': {
    name: '名称',
    trigger: '添加触发器',
    condition: '添加条件',
    action: '添加动作',
    apply: '应用',
    message: '匹配的消息',
    expression: '表达式',
    publish: 'publish',
    payload: '内容',
    fires: '已完成',
    expected: 'home/temp 收到消息',
  },
} as const;

describe.each([
  [1280, 'en-GB', 'light'],
  [390, 'zh-CN', 'dark'],
] as const)('at %i px in %s, %s', (width, locale, scheme) => {
  const say = words[locale];

  test('a rule is written with the keyboard alone, applied, and fires', async () => {
    const view = await browser.open(`${house.url}/rules/new`, { width, height: 844, locale, scheme });
    const { page } = view;
    await tabTo(page, page.getByRole('textbox', { name: say.name, exact: true }));
    await page.keyboard.insertText(`Fan ${width}`);
    await pick(page, say.trigger, say.message);
    await page.keyboard.insertText('home/temp');
    await page.keyboard.press('Escape');
    await pick(page, say.condition, say.expression);
    await page.keyboard.insertText('payload > 28');
    await pick(page, say.action, say.publish);
    await page.keyboard.insertText('home/fan/set');
    await page.keyboard.press('Escape');
    await tabTo(page, page.getByRole('textbox', { name: say.payload, exact: true }));
    await page.keyboard.insertText(`ON ${width}`);
    await page.getByText(say.expected).first().waitFor();
    await picture(page, `form-${width}-${locale}`);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    if (width < 900) expect(await smallTargetsOf(page)).toEqual([]);
    // As high as the page: what the bars cover while it scrolls is no smaller target.
    await page.setViewportSize({ width, height: 2_600 });
    await expectAccessible(page);
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/rules\/fan-\d+$/);

    const received = new Promise<string>((resolve) => {
      mqtt.on('message', (_, payload) => String(payload) === `ON ${width}` && resolve(String(payload)));
    });
    await mqtt.publishAsync('home/temp', '31');
    await page.locator('.run-row', { hasText: say.fires }).waitFor();
    expect(await received).toBe(`ON ${width}`);
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});

const written = `id: kept
name: Kept
# why this is here
triggers:
  - message: a/b # the first
  - message: c/d
actions:
  # last
  - log: one
  - if: payload = 1
    then:
      - log: two
`;

test('rows move, are copied, switched off and removed by keys; undo brings all of it back, even behind a reload', async () => {
  await putRule(house.url, 'kept', written);
  const view = await browser.open(`${house.url}/rules/kept`);
  const { page } = view;
  const draft = (): Promise<string> =>
    page.evaluate<string>("JSON.parse(localStorage.getItem('homerule.draft.kept') ?? '{}').source ?? ''");
  const row = (path: string): Locator => page.locator(`[data-row="${path}"] > .entry-head > .entry-main`);
  await row('triggers[1]').focus();
  await page.keyboard.press('Alt+ArrowUp');
  expect(await draft()).toBe(
    written.replace(
      '  - message: a/b # the first\n  - message: c/d\n',
      '  - message: c/d\n  - message: a/b # the first\n',
    ),
  );
  await row('actions[0]').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowRight');
  expect(await draft()).toContain('      - log: two\n      # last\n      - log: one\n');
  await page.keyboard.press('Control+d');
  await page.keyboard.press('d');
  expect(await draft()).toContain('      - log: one\n        enabled: false\n');
  await page.keyboard.press('Delete');
  expect(await draft()).not.toContain('enabled');
  await page.reload();
  await row('triggers[0]').waitFor();
  for (let count = 0; count < 6; count += 1) await page.keyboard.press('Control+z');
  await row('triggers[0]').focus();
  for (let count = 0; count < 6; count += 1) await page.keyboard.press('Control+z');
  await page.getByText(/^As applied/).waitFor();
  await page.keyboard.press('Control+Shift+z');
  expect(await draft()).toContain('  - message: c/d\n  - message: a/b # the first\n');
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('while the text is no YAML the form shows how it was, and loses nothing', async () => {
  await putRule(house.url, 'broken', written.replace('id: kept', 'id: broken'));
  const view = await browser.open(`${house.url}/rules/broken`, { width: 1400 });
  const { page } = view;
  await page.getByText('Both', { exact: true }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('x: [');
  await page.getByText(/The text is no YAML just now/).waitFor();
  expect(await page.locator('.entry-add').count()).toBe(0);
  await page.locator('[data-row="triggers[0]"]').getByText('a/b').waitFor();
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Backspace');
  await page.locator('.entry-add').first().waitFor();
  await picture(page, 'form-split');
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('every trigger and condition shows whether it would pass, with the value and the distance, as messages come', async () => {
  const text = `id: dots
name: Dots
triggers:
  - message: home/dots
conditions:
  - payload.celsius > 26
  - any:
      - payload.mode = 'cool'
      - $state('home/dots/limit') > 3
actions:
  - if: payload.celsius > 30
    then:
      - log: hot
  - log: warm
`;
  await putRule(house.url, 'dots', text);
  await mqtt.publishAsync('home/dots', '{"celsius":25.8,"mode":"cool"}', { qos: 1 });
  const view = await browser.open(`${house.url}/rules/dots`);
  const { page } = view;
  const mark = (path: string): Locator => page.locator(`[data-row="${path}"] > .entry-head > .present`);
  await mark('conditions[0]').getByText('25.8 > 26 · 0.2 short').waitFor();
  expect(await mark('conditions[0]').getAttribute('data-verdict')).toBe('fail');
  expect(await mark('conditions[1]').getAttribute('data-verdict')).toBe('pass');
  await picture(page, 'form-dots');
  await mqtt.publishAsync('home/dots', '{"celsius":26.4,"mode":"heat"}', { qos: 1 });
  await mark('conditions[0]').getByText('26.4 > 26', { exact: true }).waitFor();
  await mark('conditions[1].any[1]').getByText("$state('home/dots/limit') is missing").waitFor();
  await mqtt.publishAsync('home/dots/limit', '4', { qos: 1 });
  await mark('conditions[1].any[1]').getByText('4 > 3', { exact: true }).waitFor();
  await expectAccessible(page);
  expect(await shiftOf(page)).toBeLessThan(0.1);
  expect(view.complaints).toEqual([]);
  await view.close();
  const phone = await browser.open(`${house.url}/rules/dots`, {
    width: 390,
    height: 844,
    locale: 'zh-CN',
    scheme: 'dark',
  });
  await phone.page.locator('[data-row="actions[0]"]').getByText('26.4 > 30 · 差 3.6').waitFor();
  await picture(phone.page, 'form-dots-390-zh');
  expect(await overflowOf(phone.page)).toBeLessThanOrEqual(0);
  await expectAccessible(phone.page);
  await phone.close();
});

test('beside each other, a step of the form marks its lines, and the cursor in the text marks its step', async () => {
  await putRule(house.url, 'split', written.replace('id: kept', 'id: split'));
  const view = await browser.open(`${house.url}/rules/split`, { width: 1400 });
  const { page } = view;
  await page.getByText('Both', { exact: true }).click();
  await page.locator('.cm-content').waitFor();
  await page.locator('[data-row="triggers[1]"] > .entry-head > .entry-main').click();
  await page.locator('.cm-marked').waitFor();
  expect(await page.locator('.cm-marked').allInnerTexts()).toEqual(['  - message: c/d']);
  await page.locator('[data-row="actions[1]"] > .entry-head > .entry-main').focus();
  await page.locator('.cm-marked', { hasText: 'log: two' }).waitFor();
  expect(
    await page
      .locator('.cm-marked')
      .first()
      .evaluate((one) => one.getBoundingClientRect().top > 112),
  ).toBe(true);
  await picture(page, 'form-split-marked');
  await page.locator('.cm-line', { hasText: 'log: two' }).click();
  await page.locator('[data-row="actions[1].then[0]"][data-marked="true"]').waitFor();
  expect(await page.locator('[data-marked]').count()).toBe(1);
  expect(await page.locator('.cm-marked').count()).toBe(0);
  await picture(page, 'form-split-cursor');
  await expectAccessible(page);
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('a template begun over an unapplied new rule puts that aside, and it comes back', async () => {
  const view = await browser.open(`${house.url}/rules/new`);
  const { page } = view;
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Mine, half done');
  await page.getByText('Draft kept just now').waitFor();
  await page.goto(`${house.url}/rules/new?start=example`);
  const earlier = page.getByRole('region', { name: 'Drafts of new rules that you began before' });
  await earlier.getByText('Mine, half done').waitFor();
  await picture(page, 'form-earlier-drafts');
  await expectAccessible(page);
  await earlier.getByRole('button', { name: 'Bring it back: Mine, half done' }).click();
  await page.locator('.settings-card').getByText('Mine, half done').or(name).first().waitFor();
  await earlier.waitFor({ state: 'detached' });
  const kept = await page.evaluate<string>("localStorage.getItem('homerule.draft.new')");
  expect(kept).toContain('Mine, half done');
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('values that were seen are offered, and text with a template becomes an editor that completes inside of it', async () => {
  const text = `id: seen
name: Seen
triggers:
  - change: home/seen
    path: mode
    to: x
actions:
  - publish: home/seen/set
    payload: Warm {{ payload.celsius }} now
`;
  await putRule(house.url, 'seen', text);
  for (const [mode, celsius] of [
    ['heat', 18],
    ['cool', 27.5],
    ['cool', 21],
  ] as const)
    await mqtt.publishAsync('home/seen', JSON.stringify({ mode, celsius }), { qos: 1 });
  await mqtt.publishAsync('home/seen/set', 'OFF', { qos: 1 });
  const view = await browser.open(`${house.url}/rules/seen`);
  const { page } = view;
  const draft = (): Promise<string> =>
    page.evaluate<string>("JSON.parse(localStorage.getItem('homerule.draft.seen') ?? '{}').source ?? ''");
  await page.locator('[data-row="triggers[0]"] > .entry-head > .entry-main').click();
  await page.locator('[data-field="triggers[0].to"]').getByRole('button', { name: 'cool' }).click();
  expect(await draft()).toContain('    to: cool\n');
  await page.locator('[data-field="triggers[0].path"]').getByRole('button', { name: 'celsius' }).click();
  await page
    .locator('[data-field="triggers[0].to"]')
    .getByText('°')
    .or(page.getByText('21'))
    .first()
    .waitFor();
  await page.locator('[data-row="actions[0]"] > .entry-head > .entry-main').click();
  const payload = page.locator('[data-field="actions[0].payload"]');
  await payload.getByRole('button', { name: 'OFF' }).waitFor();
  await picture(page, 'form-seen');
  await payload.getByRole('textbox').click();
  const editor = payload.locator('.cm-content');
  await editor.waitFor();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' {{ payload.mo');
  await page.keyboard.press('Control+Space');
  await page.locator('.cm-tooltip-autocomplete', { hasText: 'mode' }).waitFor();
  await picture(page, 'form-template');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText(' }}');
  expect(await draft()).toContain('payload: Warm {{ payload.celsius }} now {{ payload.mode }}\n');
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('an automation of Home Assistant that is pasted becomes a rule, with what was not understood', async () => {
  const automations = `- alias: Morning light
  triggers:
    - trigger: time
      at: '07:00'
  actions:
    - action: light.turn_on
      target: { entity_id: light.hall }
- alias: Evening
  triggers: [{ trigger: time, at: '19:00' }]
  actions: [{ delay: '00:01:00' }]
`;
  const view = await browser.open(`${house.url}/rules/new`);
  const { page } = view;
  await page.getByText('YAML', { exact: true }).click();
  await page.locator('.cm-content').click();
  // The clipboard of a browser under test is not its own: the event is what a paste makes.
  await page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', ${JSON.stringify(automations)});
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.cm-content').dispatchEvent(paste);
  }`);
  const notice = page.getByRole('status', { name: 'From Home Assistant' });
  await notice.getByText('line 6').waitFor();
  await page.locator('.cm-line', { hasText: 'name: Morning light' }).waitFor();
  await page.getByRole('region', { name: 'Drafts of new rules' }).getByText('Evening').waitFor();
  await picture(page, 'form-pasted');
  await expectAccessible(page);
  expect(view.complaints).toEqual([]);
  await view.close();
});
