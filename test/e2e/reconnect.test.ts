// A house that goes away and comes back: the page says so, then is true again by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { startHouse } from '../support/house.ts';
import { lastingPort, putRule, TestBrowser, testWithChromium as test } from './support.ts';

const browser = new TestBrowser();
const dataDir = mkdtempSync(join(tmpdir(), 'homerule-e2e-'));

afterAll(async () => {
  await browser.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the list is true again after the house was killed and started', async () => {
  const flags = ['--http-port', String(await lastingPort())];
  const first = await startHouse({ dataDir, flags });
  await putRule(
    first.url,
    'one',
    'id: one\nname: First rule\ntriggers:\n  - message: a/b\nactions:\n  - log: x\n',
  );
  const view = await browser.open(`${first.url}/rules`);
  const pill = view.page.locator('.pill');
  await view.page.getByText('First rule').waitFor();
  await view.page.locator('.pill[data-state="live"]').waitFor();
  await first.kill();
  await view.page.locator('.pill[data-state="reconnecting"]').waitFor();
  expect(await pill.textContent()).toBe('Reconnecting');
  const second = await startHouse({ dataDir, flags });
  await putRule(
    second.url,
    'two',
    'id: two\nname: Second rule\ntriggers:\n  - message: a/b\nactions:\n  - log: x\n',
  );
  await view.page.locator('.pill[data-state="live"]').waitFor();
  await view.page.getByText('Second rule').waitFor();
  expect(await view.page.locator('.rule-row').count()).toBe(2);
  await view.close();
  await second.stop();
});
