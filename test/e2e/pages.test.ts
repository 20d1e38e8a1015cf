// Every page of the table in both languages, light and dark, on phones and desks: it fits, every target can be touched, axe finds
// nothing, and a picture is kept.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  barriersOf,
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
  await putRule(house.url, 'fan', `${fan}  - log: cooled\n`);
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
  const device = {
    name: null,
    unique_id: 'bulb',
    schema: 'json',
    brightness: true,
    state_topic: 'lamp',
    command_topic: 'lamp/set',
  };
  await mqtt.publishAsync(
    'homeassistant/light/bulb/config',
    JSON.stringify({ ...device, device: { identifiers: ['bulb'], name: 'Bulb' } }),
    { qos: 1, retain: true },
  );
  await mqtt.publishAsync('lamp', '{"state":"ON","brightness":51}', { qos: 1, retain: true });
  await mqtt.endAsync();
});

afterAll(async () => {
  await browser.close();
  await house?.stop();
});

/** A page of the table is here by its address alone; these are further views of pages, and what shows that they are there. */
const views: readonly (readonly [name: string, path: string, ready: string])[] = [
  ['home', '/', '.event'],
  ['rules', '/rules', '.rule-row'],
  ['rule', '/rules/fan', '.entry-add'],
  ['rule-runs', '/rules/fan?tab=runs', '.run-row'],
  ['rule-versions', '/rules/fan?tab=versions', '.version-row'],
  ['rule-version', '/rules/fan?tab=versions&version=v2', '.changes-line'],
  ['rule-tests', '/rules/fan?tab=tests', '.tabs'],
  ['new-rule', '/rules/new?start=example', '.entry-add'],
  ['runs', '/runs', '.run-row'],
  ['topics', '/topics', '.topic-row'],
  ['topic', '/topics?topic=home%2Fkitchen%2Ftemperature', '.topic-facts'],
  ['bridges', '/bridges', '.tabs'],
  ['plugins', '/bridges?part=plugins', '.plugin'],
  ['flows', '/flows', '.seed'],
  ['access', '/access', '.access-head'],
  ['access-sessions', '/access?part=sessions', '.access-head'],
  ['access-rules', '/access?part=rules&access=write&filter=home', '.verdict'],
  ['tokens', '/access?part=tokens', '.access-head'],
  ['system', '/system', '.system-counters'],
  ['backups', '/system?part=backups', '.backup-form'],
  ['log', '/system?part=log', '.system-tools'],
  ['audit', '/system?part=audit', '.audit-row'],
  ['secrets', '/system?part=secrets', '.secret-form'],
];

/** What stands for `$id`. */
const ids: Readonly<Record<string, () => Promise<string>>> = {
  '/devices/$id': async () => 'bulb',
  '/rules/$id': async () => 'fan',
  '/runs/$id': async () => {
    const answer = await fetch(`${house.url}/api/v1/runs`);
    const { items } = (await answer.json()) as { items: readonly { id: string }[] };
    return items[0]?.id ?? '';
  },
};

/** Read, not imported: importing it would load the whole UI. */
const table = join(import.meta.dirname, '../../web/src/app/pages.ts');
const addresses = [...readFileSync(table, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path);

/** Pages that no view above shows come by themselves. */
async function allViews(): Promise<readonly (readonly [name: string, path: string, ready: string])[]> {
  const rest = addresses.filter((address) => !views.some(([, path]) => path.split('?')[0] === address));
  const others = rest.map(async (address) => {
    const id = address.includes('$') ? await ids[address]?.() : '';
    if (id === undefined) throw new Error(`say in this test what stands for $id in ${address}`);
    const name = address.replaceAll(/[/$]+/g, '-').replaceAll(/^-|-id$/g, '');
    return [address.endsWith('$id') ? `one-${name}` : name, address.replace('$id', id), 'h1, h2'] as const;
  });
  return [...views, ...(await Promise.all(others))];
}

/** Colours that were on their way are there. Text, because the types of this project know no browser. */
const settled = `
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished),
    ).then(() => undefined),
  )
`;

async function visit({ page }: View, path: string, ready: string): Promise<void> {
  await page.goto(house.url + path);
  await page.locator(ready).first().waitFor();
  await page.locator('.waiting').first().waitFor({ state: 'detached' });
  await page.locator('.pill:not([data-state="live"])').waitFor({ state: 'detached' });
}

describe.each([
  [1280, 'en-GB'],
  [1280, 'zh-CN'],
  [390, 'en-GB'],
  [390, 'zh-CN'],
] as const)('at %i px in %s', (width, locale) => {
  test('every page fits and everybody can use it, in light and in dark', { timeout: 300_000 }, async () => {
    const view = await browser.open(house.url, { width, height: 844, locale });
    const { page } = view;
    for (const [name, path, ready] of await allViews()) {
      await visit(view, path, ready);
      expect.soft(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
      if (width < 900) expect.soft(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
      else expect.soft(await shiftOf(page), `${name} moves`).toBeLessThan(0.05);
      await picture(page, `pages/${name}-${width}-${locale}-light`);
      expect.soft(await barriersOf(page), `${name} in light`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.evaluate(settled);
      await picture(page, `pages/${name}-${width}-${locale}-dark`);
      // Nothing else depends on the colours.
      expect.soft(await barriersOf(page, ['color-contrast']), `${name} in dark`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await visit(view, '/rules/fan?tab=runs', '.run-row');
    await page.locator('.run-row').last().click();
    await page.locator('.run-way').first().waitFor();
    await picture(page, `pages/trace-${width}-${locale}-light`);
    expect.soft(await overflowOf(page), 'the trace overflows').toBeLessThanOrEqual(0);
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});

test.each(['en-GB', 'zh-CN'] as const)('no page is wider than 320 px in %s', async (locale) => {
  const view = await browser.open(house.url, { width: 320, height: 700, locale });
  for (const [name, path, ready] of await allViews()) {
    await visit(view, path, ready);
    expect.soft(await overflowOf(view.page), `${name} overflows`).toBeLessThanOrEqual(0);
    expect.soft(await smallTargetsOf(view.page), `${name} has small targets`).toEqual([]);
  }
  await visit(view, '/rules/fan?tab=runs', '.run-row');
  await view.page.locator('.run-row').last().click();
  await view.page.locator('.run-way').first().waitFor();
  expect.soft(await overflowOf(view.page), 'the trace overflows').toBeLessThanOrEqual(0);
  expect(view.complaints).toEqual([]);
  await view.close();
});

describe('at a desk', () => {
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
