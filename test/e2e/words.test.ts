// What goes wrong is said in the language of the person: a broken rule, a bridge without its remote, a plugin, access and login.
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import {
  expectAccessible,
  makeAdministrator,
  overflowOf,
  picture,
  TestBrowser,
  testWithChromium as test,
  type View,
} from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;
let view: View;
beforeAll(async () => {
  house = await startHouse();
});
afterEach(() => view.close());
afterAll(async () => {
  await browser.close();
  await house.stop();
});

const broken = `name: 坏掉的规则
mod: queued
enabled: 12
triggers:
  - message: home/+/temp/#/x
  - at: 730
  - cron: every day
conditions:
  - payload.celsius > 
  - payload.name = 'a' and
  - $roun(payload.x) = 3
actions:
  - publish: home/fan/set
  - delay: 5 minutes
  - pubish: home/x
`;

const draft = (text: string): string =>
  `localStorage.setItem('homerule.draft.new', ${JSON.stringify(JSON.stringify({ source: text, version: 0, savedAt: Date.now() }))});
   localStorage.setItem('homerule.rule-view', 'yaml')`;

/** Three words of English in a row: no name of a setting, no code. */
const english = /(?:\b[a-z]{2,} ){3,}[a-z]{2,}/;

async function look(name: string, said: string): Promise<void> {
  const { page, complaints } = view;
  await picture(page, `words-${name}`);
  for (const text of await page.locator(said).allInnerTexts()) {
    expect(text).toMatch(/[一-鿿]/);
    expect(text).not.toMatch(english);
  }
  expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
}

describe.each([390, 1280])('%i px wide, in Chinese', (width) => {
  const options = { width, height: 844, locale: 'zh-CN' };

  test('the problems of a rule', async () => {
    view = await browser.open(`${house.url}/rules/new`, options);
    const { page } = view;
    await page.evaluate(draft(broken));
    await page.reload();
    await page.locator('.problem').first().waitFor();
    await look(`rule-${width}`, '.problem-text > span:first-child');
    expect(await page.locator('.problem').count()).toBeGreaterThan(7);
    await page.locator('.problem').last().scrollIntoViewIfNeeded();
    await picture(page, `words-rule-list-${width}`);
    await expectAccessible(page);
  });

  test('a bridge that cannot connect, and its settings that cannot be', async () => {
    const address = ['127.0.0.1:9'];
    const bridge = { addresses: address, topics: ['home/# out 1'], restartTimeout: { base: '1s' } };
    await fetch(`${house.url}/api/v1/bridges/cloud`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bridge),
    });
    view = await browser.open(`${house.url}/bridges`, options);
    const { page } = view;
    await page.locator('.bridge-fault').first().waitFor();
    await look(`bridge-${width}`, '.bridge-fault');
    await page.locator('.bridge-tools button').first().click();
    await page.locator('.bridge-form textarea').first().fill('not an address');
    await page.locator('.bridge-form button[type=submit]').click();
    await page.getByRole('alert').first().waitFor();
    await look(`bridge-form-${width}`, '.bridge-form .bridge-fault');
  });

  test('the fields of a plugin', async () => {
    view = await browser.open(`${house.url}/bridges?part=plugins`, options);
    const { page } = view;
    await page.locator('.plugin').first().waitFor();
    await page.locator('.plugin .bridge-tools button').first().click();
    await page.locator('[role=dialog] fieldset').first().waitFor();
    await page.locator('[role=dialog] fieldset button').first().click();
    await look(`plugin-${width}`, '[role=dialog] fieldset > legend');
  });

  test('who may use a topic', async () => {
    view = await browser.open(`${house.url}/access?part=rules`, options);
    const { page } = view;
    await page.locator('.access-box input').last().waitFor();
    await page.getByPlaceholder('home/kitchen/lamp').first().fill('homerule/x');
    await page.locator('.verdict').waitFor();
    await look(`access-${width}`, '.verdict');
    await page.getByPlaceholder('home/kitchen/lamp').first().fill('home/+');
    await page.locator('.access-fault').waitFor();
    await look(`access-fault-${width}`, '.access-fault');
  });
});

describe('at the door, in Chinese', () => {
  test.each([390, 1280])('%i px: a wrong password', async (width) => {
    view = await browser.open(house.setupUrl ?? house.url, { width, height: 844, locale: 'zh-CN' });
    const { page } = view;
    if (width === 390) await makeAdministrator(page, 'anna', 'lang genug 7');
    await page.context().clearCookies();
    await page.goto(`${house.url}/`);
    await page.locator('input[name=username]').fill('anna');
    await page.locator('input[name=password]').fill('falsch');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').waitFor();
    await look(`login-${width}`, '[role=alert]');
  });
});
