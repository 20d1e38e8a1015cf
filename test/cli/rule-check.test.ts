// `homerule rule check` needs no house.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invoke } from './invoke.ts';

const good = `id: fan
triggers:
  - message: home/{room}/temperature
conditions:
  - payload.celsius > $state('home/' & params.room & '/threshold', 28)
actions:
  - publish: home/{{ params.room }}/fan/set
    payload: "ON"
`;

describe('homerule rule check', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-check-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (text: string, ...more: string[]) => {
    const path = join(folder, 'rule.yaml');
    writeFileSync(path, text);
    return invoke(['rule', 'check', path, ...more]);
  };

  it('is silent about a good rule', async () => {
    expect(await check(good)).toEqual({ code: 0, out: '', err: '' });
  });

  it.each([
    [
      'an unknown verb',
      good.replace('- message:', '- mesage:'),
      /^triggers\[0\]\S* \S+ 3:\d+ .*did you mean message\?\)$/m,
    ],
    [
      'a bad topic',
      good.replace('home/{room}/temperature', 'home/#/temperature'),
      /^triggers\[0\]\.message \S+ 3:\d+ .*#/m,
    ],
    ['bad JSONata', good.replace('> $state', '> > $state'), /^conditions\[0\] \S+ 5:\d+ /m],
    ['bad YAML', 'triggers: [\n', /^document \S+ \d+:\d+ /m],
  ])('finds %s', async (_what, text, line) => {
    const { code, out, err } = await check(text);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(line);
  });

  it('looks at the rules of a file together', async () => {
    const loop = (id: string, other: string): string =>
      `id: ${id}\ntriggers: [{ message: ${id} }]\nactions: [{ publish: ${other}, payload: 1 }]\n`;
    const { code, out } = await check(`${loop('a', 'b')}---\n${loop('b', 'a')}`);
    expect(code).toBe(0);
    const [first = '', second = ''] = out.trim().split('\n');
    expect(first).toMatch(/^actions\[0\] loop 3:\d+ "a" publishes b \(actions\[0\]\), which wakes "b"/);
    expect(second).toMatch(/^actions\[0\] loop 7:\d+ "b" publishes a/);
  });

  it('counts lines through the whole file', async () => {
    const lines = good.split('\n').length;
    const { out } = await check(
      `${good}---\n${good.replace('- message:', '- mesage:').replace('id: fan', 'id: b')}`,
    );
    expect(out).toMatch(new RegExp(`^triggers\\[0\\]\\S* \\S+ ${lines + 3}:`));
  });

  it('tells programs everything', async () => {
    const { out } = await check(good, '--json');
    expect(JSON.parse(out)).toMatchObject([{ firstLine: 1, rule: { id: 'fan' }, problems: [] }]);
  });
});
