// The whole story, from an empty data folder: setup, a simulated home, a rule by form that fires, its trace, an edit,
// Apply, what it would have done, and back again. A picture of every step.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect } from 'vitest';
import { texts as enEditor } from '../../web/src/i18n/en/editor.ts';
import { texts as enRules } from '../../web/src/i18n/en/rules.ts';
import { texts as enTrial } from '../../web/src/i18n/en/trial.ts';
import { texts as enVersions } from '../../web/src/i18n/en/versions.ts';
import { texts as zhEditor } from '../../web/src/i18n/zh/editor.ts';
import { texts as zhRules } from '../../web/src/i18n/zh/rules.ts';
import { texts as zhTrial } from '../../web/src/i18n/zh/trial.ts';
import { texts as zhVersions } from '../../web/src/i18n/zh/versions.ts';
import { runHome } from '../home/main.ts';
import { startHouse } from '../support/house.ts';
import { choose } from './form-keys.ts';
import {
  barriersOf,
  makeAdministrator,
  overflowOf,
  picture,
  smallTargetsOf,
  TestBrowser,
  testWithChromium as test,
} from './support.ts';

const browser = new TestBrowser();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});
afterAll(() => browser.close());

/** An hour in a minute: every sensor reports about once a second. */
const speed = 60;
const words = {
  'en-GB': {
    ...enRules,
    ...enEditor,
    ...enTrial,
    ...enVersions,
    message: 'matching message',
    expression: 'expression',
  },
  'zh-CN': {
    ...zhRules,
    ...zhEditor,
    ...zhTrial,
    ...zhVersions,
    message: '匹配的消息',
    expression: '表达式',
  },
} as const;
type Words = (typeof words)['en-GB' | 'zh-CN'];

interface Scene {
  readonly page: Page;
  readonly say: Words;
  /** What there is to see now must fit, everybody can use it, and nothing may have complained. */
  readonly look: (name: string) => Promise<void>;
}

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true });
}

async function writeRule({ page, say, look }: Scene, url: string): Promise<void> {
  await page.goto(`${url}/rules/new`);
  await page.getByRole('textbox', { name: say['form.name'], exact: true }).fill('Kitchen fan');
  await button(page, say['form.add.triggers']).click();
  await choose(page, say.message);
  await page.keyboard.insertText('home/kitchen/temperature');
  await button(page, say['form.add.conditions']).click();
  await choose(page, say.expression);
  await page.keyboard.insertText('payload.celsius > 10');
  await button(page, say['form.add.actions']).click();
  await choose(page, 'publish');
  await page.keyboard.insertText('home/kitchen/fan/set');
  await page.getByRole('textbox', { name: say['field.payload'], exact: true }).fill('ON');
  await page.getByText(say['problems.none']).waitFor();
  await look('3-rule-by-form');
  await button(page, say['rule.apply']).click();
  await page.waitForURL(/\/rules\/kitchen-fan$/);
}

async function seeItFire({ page, look }: Scene): Promise<void> {
  const run = page.locator('.run-row .outcome-icon[data-tone="good"]').first();
  await run.waitFor();
  await look('4-fires');
  await run.click();
  await page.locator('[data-stop="actions[0]"]').click();
  await page.locator('.effect-topic', { hasText: 'home/kitchen/fan/set' }).first().waitFor();
  await look('5-trace');
}

async function editAndApply({ page, say, look }: Scene, url: string): Promise<void> {
  await page.goto(`${url}/rules/kitchen-fan`);
  await page.locator('[data-row="conditions[0]"] > .entry-head > .entry-main').click();
  await page.locator('[data-row="conditions[0]"] .cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('payload.celsius > 45');
  await page.keyboard.press('Escape');
  await page.locator('.editor-bar-discard', { hasText: say['rule.discard'] }).waitFor();
  await look('6-edit');
  await button(page, say['rule.apply']).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.changes-line[data-change="added"]').first().waitFor();
  await dialog.locator('.backtest-delta').waitFor();
  await dialog.locator('.backtest-delta > .dim').waitFor({ state: 'detached' });
  await look('7-apply');
  await button(page, say['rule.apply']).last().click();
  await dialog.waitFor({ state: 'detached' });
  await button(page, say['rule.rollback'].replace('{{version}}', '1')).waitFor();
}

async function playThePast({ page, say, look }: Scene): Promise<void> {
  await button(page, say['backtest.start']).click();
  await page.getByText(say['backtest.fired'].replace('{{fired}}', '0')).waitFor();
  await page.locator('.backtest').scrollIntoViewIfNeeded();
  await look('8-backtest');
}

async function goBack({ page, say, look }: Scene, url: string): Promise<void> {
  await page.goto(`${url}/rules/kitchen-fan?tab=versions`);
  await page.locator('.version-row').last().click();
  await page.locator('.changes-line').first().waitFor();
  await look('9-versions');
  await button(page, say['versions.restore']).click();
  await page.getByRole('dialog').locator('.changes-line[data-change="added"]').first().waitFor();
  await look('10-restore');
  await page.getByRole('dialog').getByRole('textbox').fill('45 °C is never reached');
  await button(page, say['versions.restore.yes']).click();
  await page.locator('.version-row').nth(2).waitFor();
  expect(await page.locator('.version-row').first().textContent()).toContain('45 °C is never reached');
  await look('11-restored');
}

describe.each([
  [1280, 'en-GB', 'light'],
  [390, 'zh-CN', 'dark'],
] as const)('at %i px in %s, %s', (width, locale, scheme) => {
  test('from an empty data folder to a rule that was edited, tried and taken back', async () => {
    const house = await startHouse();
    undo.push(() => house.stop());
    const view = await browser.open(house.setupUrl ?? '', { width, height: 844, locale, scheme });
    undo.push(() => view.close());
    const { page } = view;
    const scene: Scene = {
      page,
      say: words[locale],
      look: async (name) => {
        await picture(page, `story/${name}-${width}-${locale}`);
        expect(await overflowOf(page), `${name} overflows`).toBeLessThanOrEqual(0);
        // What stands half under a bar that stays is small only until it is scrolled: sizes are measured by themselves.
        const barriers = (await barriersOf(page)).filter((barrier) => !barrier.startsWith('target-size '));
        expect.soft(barriers, name).toEqual([]);
        if (width < 900) expect.soft(await smallTargetsOf(page), `${name} has small targets`).toEqual([]);
        expect(view.complaints, name).toEqual([]);
      },
    };
    await scene.look('1-setup');
    await makeAdministrator(page, 'anna', 'lang genug 7');
    const made = await page.request.post(`${house.url}/api/v1/users`, {
      data: { name: 'home', role: 'device', password: 'lang genug 8' },
    });
    expect(made.status(), await made.text()).toBe(201);
    const broker = `mqtt://home:${encodeURIComponent('lang genug 8')}@127.0.0.1:${house.mqttPort}`;
    const home = runHome({ broker, seed: 1, speed, quiet: true });
    undo.push(() => home.stop());
    await page.goto(`${house.url}/topics?topic=${encodeURIComponent('home/kitchen/temperature')}`);
    await page.locator('.topic-facts').waitFor();
    await scene.look('2-simulated-home');
    await writeRule(scene, house.url);
    await seeItFire(scene);
    await editAndApply(scene, house.url);
    await playThePast(scene);
    await goBack(scene, house.url);
    await page.goto(`${house.url}/rules/kitchen-fan`);
    await page.locator('.entry').first().waitFor();
    await page.locator('aside li:first-child .outcome-icon[data-tone="good"]').waitFor();
    await scene.look('12-fires-again');
  });
});
