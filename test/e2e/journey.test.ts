// The main job, as a person does it: write a rule in the browser, apply it, see it fire, read why.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { picture, putRule, TestBrowser, testWithChromium as test, type View } from './support.ts';

const browser = new TestBrowser();
let house: TestHouse;
let mqtt: MqttClient;

beforeAll(async () => {
  house = await startHouse();
  mqtt = await connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`);
});

afterAll(async () => {
  await browser.close();
  await mqtt?.endAsync();
  await house?.stop();
});

async function see(view: View, words: string | RegExp): Promise<void> {
  await view.page.getByText(words).first().waitFor();
}

async function editorText(view: View): Promise<string> {
  return (await view.page.locator('.cm-line').allInnerTexts()).join('\n');
}

async function openText(view: View): Promise<void> {
  await view.page.getByText('YAML', { exact: true }).click();
  await view.page.locator('.cm-content').waitFor();
}

async function typeAtEnd(view: View, text: string): Promise<void> {
  await view.page.locator('.cm-content').click();
  await view.page.keyboard.press('Control+End');
  await view.page.keyboard.insertText(text);
}

const waitingRule = `id: slow
name: Slow lamp
triggers:
  - message: test/slow
actions:
  - delay: 1h
  - log: done
`;

describe('a person and a house', () => {
  test('a rule is written, applied, fires live, and its trace shows the values that decided', async () => {
    const view = await browser.open(house.url);
    const { page } = view;
    await see(view, 'Welcome');
    await page.getByRole('link', { name: 'Try an example rule' }).click();
    await page.getByText('No problems').waitFor();
    await page.locator('.entry').first().waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/\/rules\/kitchen-fan$/);
    await see(view, 'The first run will appear here as it happens.');

    const received = new Promise<string>((resolve) => {
      mqtt.on('message', (topic, payload) => resolve(`${topic} ${payload}`));
    });
    await mqtt.subscribeAsync('home/+/fan/set', { qos: 1 });
    await mqtt.publishAsync('home/kitchen/temperature', '{"celsius":31}');
    await page.locator('.run-row', { hasText: 'finished' }).click();
    expect(await received).toBe('home/kitchen/fan/set ON');

    await page.locator('[data-stop="conditions[0]"]').click();
    const operands = page.locator('.operand');
    await operands.first().waitFor();
    const values = (await operands.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    expect(values).toContain('payload.celsius 31');
    expect(values).toContain("$state('home/' & params.room & '/threshold', 28) 28");
    await see(view, 'holds');
    await page.locator('[data-stop="actions[0]"]').click();
    await page.locator('.effect-topic', { hasText: 'home/kitchen/fan/set' }).waitFor();
    await picture(page, 'trace');

    await mqtt.publishAsync('home/kitchen/temperature', '{"celsius":20}');
    await page.locator('.run-row', { hasText: 'conditions not met' }).click();
    await see(view, 'does not hold');
    await page.getByRole('link', { name: 'Rules', exact: true }).first().click();
    await see(view, 'conditions not met');
    await picture(page, 'rules');
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('a draft survives a reload, shows its problems, cannot be applied, and can be discarded', async () => {
    await putRule(
      house.url,
      'lamp',
      'id: lamp\nname: Lamp\ntriggers:\n  - message: a/b\nactions:\n  - log: x\n',
    );
    const view = await browser.open(`${house.url}/rules/lamp`);
    const { page } = view;
    await openText(view);
    await typeAtEnd(view, '  - publsh: a/c\n');
    await see(view, 'unknown-verb');
    await page.reload();
    await see(view, 'unknown-verb');
    expect(await editorText(view)).toContain('publsh: a/c');
    expect(await page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await picture(page, 'problems');
    await page.locator('.problem', { hasText: 'unknown-verb' }).click();
    expect(await page.evaluate('document.getSelection().toString()')).toBe('publsh');
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click();
    await see(view, 'No problems');
    expect(await editorText(view)).not.toContain('publsh');
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('when two people change one rule the second is asked', async () => {
    const text = 'id: shared\nname: Shared\ntriggers:\n  - message: a/b\nactions:\n  - log: one\n';
    await putRule(house.url, 'shared', text);
    const view = await browser.open(`${house.url}/rules/shared`);
    const { page } = view;
    await openText(view);
    await typeAtEnd(view, '# mine\n');
    await putRule(house.url, 'shared', `${text}# theirs\n`);
    await see(view, /Version 2 was saved by somebody else/);
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+s');
    await see(view, 'What changes');
    await picture(page, 'apply');
    await page.keyboard.press('Control+s');
    await see(view, 'Somebody else saved version 2');
    await picture(page, 'conflict');
    await page.getByRole('button', { name: 'Overwrite with mine' }).click();
    await see(view, 'Applied as version 3');
    const answer = await fetch(`${house.url}/api/v1/rules/shared`);
    expect(((await answer.json()) as { source: string }).source).toBe(`${text}# mine\n`);
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('a waiting run counts down; one goes on at once, another is cancelled', async () => {
    await putRule(house.url, 'slow', waitingRule);
    const view = await browser.open(`${house.url}/rules/slow?tab=runs`);
    const { page } = view;
    await see(view, 'No runs yet');
    await page.getByRole('button', { name: 'Run now' }).click();
    await see(view, /^goes on in (?:1:00:00|59:\d\d)$/);
    await picture(page, 'waiting');
    await page.getByRole('button', { name: 'Go on now' }).click();
    await see(view, 'All actions were done.');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await see(view, 'Somebody cancelled it.');
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('a rule is switched off and on, and deleted after a question', async () => {
    await putRule(
      house.url,
      'gone',
      'id: gone\nname: Gone soon\ntriggers:\n  - message: a/b\nactions:\n  - log: x\n',
    );
    const view = await browser.open(`${house.url}/rules/gone`);
    const { page } = view;
    const isEnabled = async (): Promise<boolean> => {
      const answer = await fetch(`${house.url}/api/v1/rules/gone`);
      return ((await answer.json()) as { enabled: boolean }).enabled;
    };
    const answered = page.waitForResponse(/\/rules\/gone\/disable$/);
    await page.getByRole('switch', { name: 'Switch “Gone soon” off' }).click();
    expect((await answered).status()).toBe(200);
    expect(await isEnabled()).toBe(false);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete the rule…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/rules$/);
    await see(view, '“Gone soon” was deleted');
    expect((await fetch(`${house.url}/api/v1/rules/gone`)).status).toBe(404);
    expect(view.complaints).toEqual([]);
    await view.close();
  });

  test('a topic is published by hand, changes live, and becomes a rule', async () => {
    const view = await browser.open(`${house.url}/topics`);
    const { page } = view;
    await page.getByRole('textbox', { name: 'Topic', exact: true }).fill('garden/pump');
    await page.getByRole('textbox', { name: 'Payload' }).fill('{"watts":12,"on":true}');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await see(view, 'Published to garden/pump');
    await page.getByRole('treeitem', { name: /garden/ }).click();
    await page.getByRole('treeitem', { name: /pump/ }).click();
    const detail = page.getByRole('region', { name: 'garden/pump' });
    await detail.getByText('12', { exact: true }).waitFor();
    await mqtt.publishAsync('garden/pump', '{"watts":640,"on":true}');
    const changed = detail.locator('.json-line[data-changed="true"]');
    await changed.waitFor();
    expect(await changed.allInnerTexts()).toEqual(['watts: 640,']);
    await picture(page, 'topic');
    await detail.getByRole('link', { name: 'Use as trigger' }).click();
    await openText(view);
    expect(await editorText(view)).toContain('- message: garden/pump');
    expect(await editorText(view)).toContain('- payload.watts > 640');
    expect(view.complaints).toEqual([]);
    await view.close();
  });
});
