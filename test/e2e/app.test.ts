// The UI as an app: it can be installed, and opens while the house is away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { startHouse } from '../support/house.ts';
import { lastingPort, picture, putRule, TestBrowser, testWithChromium as test } from './support.ts';

const browser = new TestBrowser();
const dataDir = mkdtempSync(join(tmpdir(), 'homerule-e2e-'));

afterAll(async () => {
  await browser.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('opens without the house, and is true again when the house is there', async () => {
  const flags = ['--http-port', String(await lastingPort())];
  const first = await startHouse({ dataDir, flags });
  const { page } = await browser.open(`${first.url}/rules`, { isApp: true });
  const live = page.locator('.pill[data-state="live"]');
  await live.waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await live.waitFor();
  await first.kill();
  await page.reload();
  await page.locator('.away').waitFor();
  expect(await live.count()).toBe(0);
  await picture(page, 'app-without-house');
  const second = await startHouse({ dataDir, flags });
  await live.waitFor();
  await second.stop();
});

test('what a browser needs to install it is there', async () => {
  const house = await startHouse();
  const answer = await fetch(`${house.url}/manifest.webmanifest`);
  expect(answer.headers.get('content-type')).toContain('application/manifest+json');
  const { icons, display } = (await answer.json()) as { icons: { src: string }[]; display: string };
  expect(display).toBe('standalone');
  for (const { src } of icons) expect([src, (await fetch(house.url + src)).status]).toEqual([src, 200]);
  expect((await fetch(`${house.url}/sw.js`)).headers.get('cache-control')).toBe('no-cache');
  await house.stop();
});

test('a rule that is applied while the house is away stays on the screen', async () => {
  const house = await startHouse();
  await putRule(
    house.url,
    'fan',
    'id: fan\nname: Fan\ntriggers: [{ message: a }]\nactions: [{ log: hot }]\n',
  );
  const { page } = await browser.open(`${house.url}/rules/fan`);
  await page.getByRole('button', { name: /^Settings/ }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Fan of the kitchen');
  await page.locator('button:enabled', { hasText: /^Apply$/ }).waitFor();
  await page.waitForLoadState('networkidle');
  await house.kill();
  await page.locator('.pill:not([data-state="live"])').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('alert').first().waitFor();
  expect(await name.inputValue()).toBe('Fan of the kitchen');
});
