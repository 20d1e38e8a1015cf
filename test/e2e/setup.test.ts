// The whole first run: from an empty data folder to the first rule in the editor, with reloads and a restart on the way.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect } from 'vitest';
import { type RunningHome, runHome } from '../home/main.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  lastingPort,
  overflowOf,
  picture,
  putRule,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
  type View,
  type ViewOptions,
} from './support.ts';

const browser = new TestBrowser();
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});
afterAll(() => browser.close());

async function looksWell({ page, complaints }: View, name: string): Promise<void> {
  await picture(page, `setup-${name}`);
  expect(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
  const isTouched = (page.viewportSize()?.width ?? 0) < 900;
  if (isTouched) expect(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
}

const step = (page: Page, number: number) =>
  page.locator(`.setup-dots > li:nth-child(${number})[data-state=now]`);
const next = (page: Page) => page.locator('.setup-next').click();

interface Site {
  readonly start: () => Promise<TestHouse>;
}

async function makeSite(): Promise<Site> {
  const dataDir = mkdtempSync(join(tmpdir(), 'homerule-setup-'));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const flags = ['--http-port', String(await lastingPort())];
  return {
    start: async () => {
      const house = await startHouse({ dataDir, flags });
      undo.push(() => house.stop());
      return house;
    },
  };
}

function simulate(house: TestHouse, password: string): RunningHome {
  const broker = `mqtt://home:${encodeURIComponent(password)}@127.0.0.1:${house.mqttPort}`;
  const home = runHome({ broker, seed: 1, speed: 60, quiet: true });
  undo.push(() => home.stop());
  return home;
}

/** Answers with the password of the device. */
async function letDevicesIn(view: View, look: string): Promise<string> {
  const { page } = view;
  await step(page, 3).waitFor();
  await looksWell(view, `3-device-${look}`);
  await next(page);
  const secret = page.locator('.snippet > pre').first();
  await secret.waitFor();
  await looksWell(view, `3-made-${look}`);
  return (await secret.textContent()) ?? '';
}

const looks: readonly (readonly [name: string, language: string, options: ViewOptions])[] = [
  ['1280-en', 'en', { locale: 'zh-CN', scheme: 'light' }],
  ['390-zh', 'zh-CN', { width: 390, height: 844, locale: 'en-GB', scheme: 'dark' }],
];

describe.each(looks)('%s', (look, language, options) => {
  test('from the link of the start to the first rule', async () => {
    const site = await makeSite();
    let house = await site.start();
    const view = await browser.open(house.setupUrl ?? '', options);
    undo.push(() => view.close());
    const { page, complaints } = view;

    await page.locator(`input[value="${language}"]`).click();
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    await looksWell(view, `1-language-${look}`);
    await next(page);
    await step(page, 2).waitFor();
    await looksWell(view, `2-administrator-${look}`);
    await page.locator('input[name=username]').fill('anna');
    await page.locator('input[name=password]').fill('lang genug 7');
    await next(page);
    const password = await letDevicesIn(view, look);

    // A reload tells no password again; a restart goes on where one was.
    await page.reload();
    await page.locator('.setup-note', { hasText: 'home' }).waitFor();
    await page.locator('.setup-skip').click();
    await step(page, 4).waitFor();
    await page.goto('about:blank');
    await house.stop();
    house = await site.start();
    await page.goto(`${house.url}/setup`);
    await step(page, 4).waitFor();
    await page.locator('input[name=latitude]').fill('31.23');
    await page.locator('input[name=longitude]').fill('121.47');
    await page.getByText('place: { latitude: 31.23, longitude: 121.47 }').waitFor();
    await looksWell(view, `4-place-${look}`);
    await next(page);

    await step(page, 5).waitFor();
    await looksWell(view, `5-silent-${look}`);
    simulate(house, password);
    await page.locator('.setup-heard').nth(3).waitFor();
    await looksWell(view, `5-heard-${look}`);
    expect(await page.locator('.gate').textContent()).not.toContain('0.0.0.0:');
    await next(page);

    await step(page, 6).waitFor();
    await page.locator('.setup-template').nth(2).waitFor();
    await looksWell(view, `6-rule-${look}`);
    await page.locator('.setup-template').first().click();
    await page.waitForURL('**/rules/new');
    await page.locator('.entry-add').first().waitFor();
    await picture(page, `setup-6-editor-${look}`);

    await page.goto(`${house.url}/setup`);
    await step(page, 7).waitFor();
    await looksWell(view, `7-done-${look}`);
    await next(page);
    await page.locator('.pill[data-state="live"]').waitFor();
    await page.goto(`${house.url}/setup`);
    await page.waitForURL(`${house.url}/`);
    expect(complaints).toEqual([]);
  });
});

test('who is at the machine may go on without an administrator, and needs no name for MQTT', async () => {
  const house = await startHouse();
  undo.push(() => house.stop());
  const view = await browser.open(`${house.url}/setup`);
  undo.push(() => view.close());
  const { page } = view;
  await next(page);
  await page.locator('input[name=code]').waitFor();
  await page.locator('.setup-skip').click();
  await page.getByText(`-p ${house.mqttPort}`).waitFor();
  await looksWell(view, '3-open');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('input[name=code]').waitFor();
});

test('a house that was there before comes back from a backup on the first step', async () => {
  const site = await makeSite();
  const house = await site.start();
  await putRule(house.url, 'gate', 'id: gate\nname: Gate\nactions:\n  - log: open\n');
  const json = { 'content-type': 'application/json' };
  await fetch(`${house.url}/api/v1/backups`, { method: 'POST', headers: json, body: '{}' });
  await fetch(`${house.url}/api/v1/rules/gate`, { method: 'DELETE' });
  const view = await browser.open(`${house.url}/setup`);
  undo.push(() => view.close());
  const { page } = view;
  await page.locator('.backup-offer > summary').click();
  await page.locator('.backup-row button').click();
  await page.locator('.backup-details button').waitFor();
  await looksWell(view, '1-restore');
  await page.locator('.backup-details button').click();
  await page.locator('.mantine-Modal-content .button-danger').click();
  await page.waitForURL(`${house.url}/`);
  // The house is away for a moment, and then another one.
  const back = async (): Promise<number> =>
    fetch(`${house.url}/api/v1/rules/gate`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(back, { timeout: 20_000 }).toBe(200);
  await page.locator('.pill[data-state=live]').waitFor();
  await page.goto(`${house.url}/rules`);
  await page.getByText('Gate').first().waitFor();
});
