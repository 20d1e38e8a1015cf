// The hostile corpus in a process of its own: the process lives, every case ends as it should, none blocks it for long.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Budget, compileExpression } from '../../src/expression/index.ts';
import { ownOutcome, scopeOf } from './generated.ts';
import { hostile } from './hostile.ts';
import type { HostileOutcome } from './hostile-run.ts';

/** Far above the 50 ms that it is meant to be, for machines that are slow and busy. */
const longestMs = 1_000;

const script = fileURLToPath(new URL('hostile-run.ts', import.meta.url));
const outcomes = new Map<number, HostileOutcome>();

beforeAll(() => {
  // as much memory as a small board has for it: what makes more than its budget ends the process
  const args = ['--max-old-space-size=192', '--disable-warning=ExperimentalWarning', script];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 120_000,
  });
  for (const line of stdout.trim().split('\n')) {
    const outcome = JSON.parse(line) as HostileOutcome;
    outcomes.set(outcome.index, outcome);
  }
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
  const slowest = [...outcomes.values()].reduce((a, b) => (a.evaluateMs > b.evaluateMs ? a : b));
  const { what } = hostile[slowest.index] ?? { what: '' };
  console.log(
    `${outcomes.size} hostile cases, the slowest (${what}) took ${slowest.evaluateMs.toFixed(1)} ms of CPU`,
  );
}, 150_000);

describe('the hostile corpus', () => {
  test.each(hostile.map(({ what, source }, index) => ({ what, source: source.slice(0, 100), index })))(
    '$index $what: $source',
    ({ index }) => {
      const outcome = outcomes.get(index);
      expect(hostile[index]?.ends).toContain(outcome?.end);
      expect(outcome?.isStack, 'the stack ended before the budget did').toBe(false);
      expect(outcome?.compileMs).toBeLessThan(longestMs);
      expect(outcome?.evaluateMs).toBeLessThan(longestMs);
    },
  );

  test('nothing of it reached a prototype', () => {
    expect('polluted' in {}).toBe(false);
    for (const { source, input } of hostile.filter(({ what }) => what.includes('__proto__')))
      ownOutcome(source, input?.());
    expect('polluted' in {}).toBe(false);
  });
});

/** The fewest steps with which an evaluation does not end for want of steps. */
function stepsOf(source: string, input: unknown, most: number): number {
  const isEnough = (steps: number): boolean => {
    const budget: Budget = { steps, bytes: 1 << 26, depth: 200 };
    const error = compileExpression(source, { budget }).expression?.explain(scopeOf([input])).error;
    return error?.code !== 'D1012' && error?.code !== 'D2015';
  };
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

describe('what work costs', () => {
  // twice as much data costs about twice as many steps, never the square of it
  const linear: readonly (readonly [source: string, perItem: number])[] = [
    ['$count(a)', 2],
    ['$sum(a.n)', 6],
    ['$sort(a.n)', 40],
    ['a^(n).n', 40],
    ['a[n > 3].n', 6],
    ['a{"k": n}', 8],
    ['a{$string(n): n}', 10],
    ['$spread(a)', 8],
    ['$map(a, function($x) { $x.n })', 10],
    ['$reduce(a.n, function($x, $y) { $x + $y })', 10],
    ['$distinct(a.n)', 6],
    ['$join(a.$string(n), ",")', 10],
    ['$merge(a)', 6],
    ['**.n', 10],
    ['$string(a)', 8],
  ];

  test.each(linear)('%s costs at most %i steps for each item', (source, perItem) => {
    const input = (length: number) => ({ a: Array.from({ length }, (_, n) => ({ n })) });
    const [few, many] = [stepsOf(source, input(500), 100_000), stepsOf(source, input(1_000), 100_000)];
    expect(many).toBeLessThan(perItem * 1_000);
    expect(many).toBeLessThan(2.3 * few + 100);
    expect(stepsOf(source, input(1_000), 100_000)).toBe(many);
  });
});
