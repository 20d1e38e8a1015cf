// Functions that others offer: what they may be, and that they mean the same as if they were written where they are called.
import { describe, expect, test } from 'vitest';
import {
  compileExpression,
  emptyHome,
  functionProblems,
  OfferedFunctions,
  type Scope,
} from '../../src/expression/index.ts';

const names = ['payload'];
const words = { en: 'x', zh: 'x' };

function offered(functions: Readonly<Record<string, string>>): OfferedFunctions {
  const all = new OfferedFunctions();
  const list = Object.entries(functions).map(([name, source]) => ({ name, source, ...words }));
  all.set('a', list);
  return all;
}

const functions = offered({
  a_twice: 'function($n) { $n * 2 }',
  a_down: 'function($n) { $n > 0 ? $a_down($n - 1) : $n }',
  a_typed: 'function($n)<n:n> { $n }',
  a_late: "function($t) { $time() > '12' and $state('home/lux') > $t }",
  a_odd: 'function($xs) { $xs[$ % 2 = 1] }',
  a_long: 'function($n) { $sum([1..$n]) }',
});

const scope: Scope = {
  values: [{ n: 4, xs: [1, 2, 3] }],
  read: () => undefined,
  at: Date.parse('2026-01-05T12:30:45Z'),
  home: emptyHome,
  seed: 1,
};

function resultOf(source: string): unknown {
  const { expression, problems } = compileExpression(source, { names, functions });
  if (expression === undefined) throw new Error(JSON.stringify(problems));
  return expression.evaluate(scope);
}

describe('an expression', () => {
  test.each([
    ['$a_twice(payload.n)', 8],
    ['$a_twice($a_twice(payload.n)) + 1', 17],
    ['$map(payload.xs, $a_twice)', [2, 4, 6]],
    ['payload.n ~> $a_twice()', 8],
    ['$a_odd(payload.xs)', [1, 3]],
    ['($f := $a_twice; $f(1))', 2],
    ['payload.xs.$a_twice($)', [2, 4, 6]],
    ['($a_twice := function($n) { 0 }; $a_twice(1))', 0],
  ])('%s gives %j', (source, value) => {
    expect(resultOf(source)).toEqual(value);
  });

  test('depends on what the function reads', () => {
    const { expression } = compileExpression('$a_late(payload.n)', { names, functions });
    const { dependencies } = expression ?? {};
    expect(JSON.stringify(dependencies)).toContain('home/lux');
    expect(dependencies).toEqual(
      compileExpression("(function($t) { $time() > '12' and $state('home/lux') > $t })(payload.n)", { names })
        .expression?.dependencies,
    );
  });

  test('fails and costs where it calls', () => {
    const source = 'payload.n + $a_typed("x")';
    const thrownBy = (text: string): unknown => {
      try {
        compileExpression(text, { names, functions }).expression?.evaluate(scope);
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    };
    const failed = thrownBy(source);
    expect(failed).toMatchObject({ code: 'T0410' });
    expect(failed).toMatchObject({ position: expect.toSatisfy((at: number) => at <= source.length) });
    expect(thrownBy('$a_long(100000000)')).toMatchObject({ code: 'D2014' });
  });

  test('is explained as it is written, without what is inside the function', () => {
    const { expression } = compileExpression('$a_twice(payload.n) > 7', { names, functions });
    const { parts } = expression?.explain(scope) ?? { parts: [] };
    expect(parts.map(({ source, value }) => `${source} → ${value}`)).toEqual([
      'payload.n → 4',
      '$a_twice(payload.n) → 8',
      '$a_twice(payload.n) > 7 → true',
    ]);
  });

  test('names what is not there', () => {
    const { problems } = compileExpression('$a_twise(1)', { names, functions });
    expect(problems).toMatchObject([{ code: 'unknown-function', position: 0 }]);
  });
});

test.each([
  ['1 + 1', 'no-function'],
  ['function($n) { $n', 'S0203'],
  ['function($n) { payload.n }', 'unknown-name'],
  ['function($n) { $b_other($n) }', 'unknown-function'],
  ["function($n) { $secret('x') }", 'secret-exposed'],
  ["function($n) { $at('t', '1h') }", 'past-not-here'],
])('%s cannot be offered: %s', (source, code) => {
  expect(functionProblems(source)[0]).toMatchObject({ code });
});

const byText = (a: string, b: string) => (a < b ? -1 : 1);

test('what came, changed or went is told', () => {
  const all = offered({ a_one: 'function() { 1 }', a_two: 'function() { 2 }' });
  const one = { name: 'a_one', source: 'function() { 1 }', ...words };
  const two = { name: 'a_two', source: 'function() { 3 }', ...words };
  const three = { name: 'a_three', source: 'function() { 3 }', ...words };
  expect([...all.set('a', [one, two])]).toEqual(['a_two']);
  expect([...all.set('a', [one, three])].toSorted(byText)).toEqual(['a_three', 'a_two']);
  expect([...all.set('a', [])].toSorted(byText)).toEqual(['a_one', 'a_three']);
  expect(all.list()).toEqual([]);
});
