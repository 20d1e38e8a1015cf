// `homerule import home-assistant`: what it prints, writes and saves.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startHttpHouse } from '../support/http-house.ts';
import { invoke } from './invoke.ts';

const folder = mkdtempSync(join(tmpdir(), 'homerule-automations-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const wake = 'triggers: [{ trigger: homeassistant, event: start }]';

describe('homerule import home-assistant', () => {
  const automations = `- { alias: good, ${wake}, actions: [{ stop: x }] }\n- { alias: bad, triggers: [{ trigger: zone }], actions: [] }\n`;

  test('prints every remark with its line, then the rules, or writes them', async () => {
    const file = written('two.yaml', automations);
    const shown = await invoke(['import', 'home-assistant', file]);
    expect(shown.out).toContain(`${file}:2: bad: untranslated: there are no zones`);
    expect(shown.out).toContain('2 automations: 1 translated, 1 in part (switched off), 0 not understood');
    const out = join(folder, 'rules');
    expect(await invoke(['import', 'home-assistant', file, '--out', out])).toMatchObject({ code: 0 });
    expect((await invoke(['rule', 'check', join(out, 'good.yaml'), join(out, 'bad.yaml')])).code).toBe(0);
    expect(await invoke(['import', 'home-assistant', file, '--out', out])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    });
  });

  test('saves what this version understands, and keeps rules that are there unless it is told to', async () => {
    const house = await startHttpHouse();
    const file = written(
      'apply.yaml',
      automations.replace('{ trigger: zone }', '{ trigger: webhook, webhook_id: x }'),
    );
    const cli = (...more: string[]) =>
      invoke(['import', 'home-assistant', file, '--apply', '--data', house.folder, ...more]);
    expect((await cli()).out).toContain('applied good (version 1)\n');
    expect(await cli()).toMatchObject({ code: 1, err: expect.stringContaining('version-conflict') });
    expect((await cli('--force')).out).toContain('applied good (version 2)\n');
    await house.stop();
  });

  test.each([
    ['- a: [', [], 'two.yaml:1: '],
    ['[]', ['--entities', written('bad.yaml', 'light.x: { tpic: a }')], 'light.x: expected { topic'],
    ['[]', ['--out', 'x', '--apply'], 'exclude each other'],
  ])('%j with %j is refused', async (text, more, expected) => {
    const outcome = await invoke(['import', 'home-assistant', written('two.yaml', text), ...more]);
    expect(outcome.code).not.toBe(0);
    expect(outcome.err).toContain(expected);
  });
});
