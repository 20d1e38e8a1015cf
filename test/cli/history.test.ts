// `homerule history`: charts, tables and files from a running house.
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { HistoryView } from '../../src/api/index.ts';
import { SystemClock } from '../../src/base/index.ts';
import { sparkline, summary } from '../../src/cli/commands/history/chart.ts';
import { run } from '../../src/cli/program.ts';
import { type HttpHouse, startHttpHouse } from '../support/http-house.ts';
import { invoke } from './invoke.ts';

const view = (means: readonly (number | undefined)[]): HistoryView => ({
  ...{ topic: 't', path: '', from: 0, to: means.length - 1, source: 'samples', widthMs: 1, gaps: [] },
  points: means.flatMap((mean, at) =>
    mean === undefined ? [] : [{ at, count: 1, changes: 1, last: mean, min: mean, max: mean, mean }],
  ),
});

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8], 8, '▁▂▃▄▅▆▇█'],
  [[0, undefined, 10], 3, '▁ █'],
  [[5, 5, 5], 3, '▁▁▁'],
  [[1, 3, 9, 9], 2, '▁█'],
  [[], 3, ''],
])('%j in %i columns is drawn as "%s"', (means, width, line) => {
  expect(sparkline(view(means), width)).toBe(line);
});

test('figures are told in a line', () => {
  expect(summary(view([1, 2, 6]))).toBe('1 … 6, mean 3, last 6, 3 samples');
  const states = { ...view([]), points: [{ at: 0, count: 2, changes: 1, last: 'heat' }] };
  expect(summary(states)).toBe('last heat, 2 samples');
});

describe('a running house', () => {
  let house: HttpHouse;
  beforeAll(async () => {
    house = await startHttpHouse();
  });
  afterAll(() => house.stop());
  const cli = (...argv: string[]) => invoke(['history', ...argv, '--data', house.folder]);

  it('gives a table to a program', async () => {
    const { code, out } = await cli('query', 'a/b', '--path', 'x', '--from', '-7d', '--points', '9');
    expect({ code, lines: out.split('\n') }).toEqual({
      code: 0,
      lines: [
        'TIME                      MIN  MEAN  MAX  LAST  SAMPLES',
        '1970-01-01T00:00:00.000Z  1    2     3    3     2',
        '1970-01-01T00:00:00.500Z  9    9     9    9     1',
        '',
      ],
    });
    expect(house.api.calls.at(-1)?.args).toEqual([{ topic: 'a/b', path: 'x', from: '-7d', points: 9 }]);
  });

  it('gives a chart to a terminal', async () => {
    const stdout = Object.assign(new PassThrough(), { isTTY: true });
    const context = { stdin: new PassThrough(), stderr: new PassThrough(), stdout, clock: new SystemClock() };
    const rest = { onSignal: () => () => undefined, exit: () => undefined };
    expect(await run(['history', 'query', 'a', '--data', house.folder], { ...context, ...rest })).toBe(0);
    const [line = '', , figures] = String(stdout.read()).split('\n');
    expect(line).toMatch(/^▁ +█ *$/);
    expect(figures).toBe('1 … 9, mean 4.33333, last 9, 3 samples');
  });

  it('gives all samples and all messages as CSV', async () => {
    expect((await cli('query', 'a', '--csv')).out).toMatch(/^time,at,value\r\n1970/);
    expect((await cli('messages', 'a/#', '--csv')).out).toMatch(/^time,at,topic,payload/);
  });

  it('lists messages, and says that there are earlier ones', async () => {
    const { out, err } = await cli('messages', 'a/#', '--limit', '1');
    expect(out).toBe(
      'TIME                      TOPIC  BY           PAYLOAD\n1970-01-01T00:00:01.000Z  a      client lamp  on, "x"\n',
    );
    expect(err).toContain('there are earlier ones');
  });

  it('refuses what is no filter or no number', async () => {
    expect(await cli('messages', 'a#')).toMatchObject({ code: 2 });
    expect(await cli('query', 'a', '--points', 'many')).toMatchObject({ code: 1, out: '' });
  });
});
