// A person sees the way of a run through its rule, with loops, branches and waits.
import { readFileSync } from 'node:fs';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, vi } from 'vitest';
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

const evening = `id: evening
name: 回家
mode: parallel
triggers:
  - message: home/door
  - at: "23:00"
conditions: [payload.open = true, payload.lux < 50]
actions:
  - if: payload.lux < 10
    then: [{ publish: home/hall/light/set, payload: { on: true, brightness: 80 } }]
    else: [{ log: bright enough }]
  - choose:
      - when: payload.who = 'guest'
        then: [{ publish: home/chime/set, payload: ding }]
      - when: payload.who = 'family'
        then: [{ publish: home/music/set, payload: play }]
    else: { log: nobody }
  - repeat: { times: 3 }
    do:
      - publish: home/hall/lamp/set
        payload: "{{ repeat.index * 20 }}"
      - delay: 40ms
  - parallel:
      - - delay: 60ms
        - publish: home/kitchen/light/set
          payload: "ON"
      - - publish: home/living/light/set
          payload: "ON"
  - delay: 10m
  - publish: home/hall/light/set
    payload: { on: false }
finally: [{ log: over }]
`;

interface Listed {
  readonly id: string;
  readonly status: string;
}

async function runs(): Promise<readonly Listed[]> {
  const answer = await fetch(`${house.url}/api/v1/runs?rule=evening`);
  return ((await answer.json()) as { readonly items: readonly Listed[] }).items;
}

async function idOf(status: string): Promise<string> {
  return vi.waitFor(async () => {
    const run = (await runs()).find((one) => one.status === status);
    if (run === undefined) throw new Error(`no run is ${status}`);
    return run.id;
  });
}

/** Until the last light is on, whose run then waits. */
async function comeHome(mqtt: MqttClient): Promise<void> {
  const isLit = new Promise<void>((resolve) => {
    mqtt.once('message', () => resolve());
  });
  const message = { open: true, lux: 4, who: 'family' };
  await mqtt.publishAsync('home/door', JSON.stringify(message), { qos: 1 });
  await isLit;
}

beforeAll(async () => {
  house = await startHouse();
  await putRule(house.url, 'evening', evening);
  const mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, { clientId: 'door-sensor' });
  await mqtt.subscribeAsync('home/kitchen/light/set', { qos: 1 });
  await mqtt.publishAsync('home/door', JSON.stringify({ open: true, lux: 55 }), { qos: 1 });
  await comeHome(mqtt);
  await fetch(`${house.url}/api/v1/timers/${await idOf('waiting')}/fire`, { method: 'POST' });
  await idOf('finished');
  await comeHome(mqtt);
  await idOf('waiting');
  await mqtt.endAsync();
  await putRule(house.url, 'evening', evening.replace('log: over', 'log: all over'));
});

afterAll(async () => {
  await browser.close();
  await house?.stop();
});

async function looked(view: View, name: string, width: number): Promise<void> {
  await picture(view.page, name);
  await view.page.evaluate('window.scrollTo(0, 0)');
  await expectAccessible(view.page);
  expect(await overflowOf(view.page), `${name} overflows`).toBeLessThanOrEqual(0);
  if (width < 900) expect(await smallTargetsOf(view.page), `${name} has small targets`).toEqual([]);
}

const texts = {
  'en-GB': { test: 'Make a test' },
  'zh-CN': { test: '做成测试' },
} as const;

test.each([
  [1280, 'en-GB', 'light'],
  [390, 'zh-CN', 'light'],
  [1280, 'zh-CN', 'dark'],
  [390, 'en-GB', 'dark'],
] as const)('the way of a run at %i px in %s, %s', async (width, locale, scheme) => {
  const name = (what: string): string => `runs/${what}-${width}-${locale}-${scheme}`;
  const view = await browser.open(`${house.url}/runs/${await idOf('finished')}`, {
    width,
    height: 1000,
    locale,
    scheme,
  });
  const { page } = view;
  await page.locator('.run-way').waitFor();
  await page.locator('.run-way').scrollIntoViewIfNeeded();
  await looked(view, name('way'), width);
  await page.locator('.run-way-stepper button').first().click();
  expect(await page.locator('.run-way-stepper').textContent()).toContain('2/3');
  await page.locator('[data-stop="actions[2].do[0]"]').click();
  await page.locator('.effect .json', { hasText: '40' }).waitFor();
  await looked(view, name('turn'), width);

  if (width < 900) await page.keyboard.press('Escape');
  await page.getByRole('button', { name: texts[locale].test }).click();
  await page.locator('.run-test-text').waitFor();
  await looked(view, name('test'), width);
  await page.keyboard.press('Escape');

  await page.goto(`${house.url}/runs/${await idOf('waiting')}`);
  await page.locator('.fall-cut').first().waitFor({ state: 'attached' });
  await looked(view, name('waits'), width);
  await page.locator('.fall').scrollIntoViewIfNeeded();
  await picture(page, name('times'));

  await page.goto(`${house.url}/runs/${await idOf('conditions-failed')}`);
  const stopped = page.locator('.run-way-stop[data-state="stopped"]');
  await stopped.waitFor();
  if (width < 900) await stopped.locator('.run-way-button').click();
  await page.locator('.decided').waitFor();
  await looked(view, name('stopped'), width);
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('a run that waits goes on before the eyes of who looks at it', async () => {
  const view = await browser.open(`${house.url}/runs/${await idOf('waiting')}`);
  const { page } = view;
  await page.locator('.run-way-stop[data-state="waiting"]').waitFor();
  await page.getByRole('button', { name: 'Go on now' }).click();
  await page.locator('.run-way-stop[data-state="waiting"]').waitFor({ state: 'detached' });
  await page.getByText('All actions were done.').waitFor();
  await page.locator('[data-stop="actions[5]"] .run-way-icon .tabler-icon-check').waitFor();
  expect(view.complaints).toEqual([]);
  await view.close();
});

test('a run becomes a test of its rule, and a file without who and what is secret', async () => {
  const view = await browser.open(`${house.url}/runs/${await idOf('conditions-failed')}`);
  const { page } = view;
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  const file: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(file).toMatchObject({
    format: 'homerule-run',
    run: { rule: 'evening', trigger: { topic: 'home/door', by: '(hidden)' } },
  });
  await page.getByRole('button', { name: 'Make a test' }).click();
  await page.getByRole('button', { name: 'Add it to the rule' }).click();
  await page.getByText('The test was added (version 3)').waitFor();
  const answer = await fetch(`${house.url}/api/v1/rules/evening`, { headers: { accept: 'text/yaml' } });
  expect(await answer.text()).toMatch(/all over[\s\S]*\ntests:\n {2}- name: home\/door on/);
  expect(view.complaints).toEqual([]);
  await view.close();
});
