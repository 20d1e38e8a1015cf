// What an evaluation may use: steps, bytes and depth, always the same for the same evaluation. hostile.test.ts tries them.
import { describe, expect, test } from 'vitest';
import { type Budget, compileExpression, emptyHome } from '../../src/expression/index.ts';
import { scopeOf } from './generated.ts';

function codeOf(source: string, input?: unknown, budget?: Budget): string {
  const { expression, problems } = compileExpression(source, budget ? { budget } : {});
  if (expression === undefined) throw new Error(JSON.stringify(problems));
  try {
    return `value ${JSON.stringify(expression.evaluate(scopeOf([input])))?.slice(0, 40)}`;
  } catch (thrown) {
    return String((thrown as { code?: string }).code);
  }
}

describe('the stack', () => {
  test('a deeply nested body counts as several calls: the budget ends before the stack does', () => {
    const nested = `${'($x := '.repeat(40)}1 + $f($n - 1)${'; $x)'.repeat(40)}`;
    const { expression } = compileExpression(`($f := function($n) { $n = 0 ? 0 : ${nested} }; $f(n))`);
    expect(expression?.evaluate(scopeOf([{ n: 12 }]))).toBe(12);
    const failed = expression?.explain(scopeOf([{ n: 190 }])).error;
    expect(failed?.code).toBe('D1011');
    expect(failed?.cause).toBeUndefined();
  });

  test('deeply nested data does not exhaust the stack unseen', () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n++) deep = [deep];
    expect(['D1011', 'D1012']).toContain(codeOf('$string(a)', { a: deep }));
    expect(['D1011', 'D1012']).toContain(codeOf('$boolean(a)', { a: deep }));
  });
});

describe('budgets', () => {
  const source = '$sum($map([1..10], function($n) { $n * 2 }))';

  test('the same evaluation costs the same: there is one smallest budget', () => {
    const passes = (steps: number) =>
      codeOf(source, undefined, { steps, bytes: 10_000, depth: 10 }) === 'value 110';
    const smallest = Array.from({ length: 200 }, (_, n) => n).find(passes) ?? -1;
    expect(smallest).toBeGreaterThan(10);
    expect(passes(smallest)).toBe(true);
    expect(passes(smallest - 1)).toBe(false);
  });

  test('an exhausted budget of one evaluation is whole again for the next', () => {
    const { expression } = compileExpression('$count([1..n])', {
      budget: { steps: 100, bytes: 10_000, depth: 10 },
    });
    expect(() => expression?.evaluate(scopeOf([{ n: 1_000 }]))).toThrow(
      expect.objectContaining({ code: 'D2015' }),
    );
    expect(expression?.evaluate(scopeOf([{ n: 10 }]))).toBe(10);
  });

  test('the depth is that of calls', () => {
    const nested = '($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(n))';
    expect(codeOf(nested, { n: 9 }, { steps: 1_000, bytes: 10_000, depth: 10 })).toBe('value 9');
    expect(codeOf(nested, { n: 10 }, { steps: 1_000, bytes: 10_000, depth: 10 })).toBe('D1011');
  });
});

describe('the safety net', () => {
  const loop = '($f := function($n) { $f($n) }; $f(0))';
  const endWith = (msPerLook: number): string => {
    let now = 0;
    const scope = { ...scopeOf([{}]), home: { ...emptyHome, monotonic: () => (now += msPerLook) } };
    const error = compileExpression(loop).expression?.explain(scope).error;
    return String(error?.code);
  };

  test('an evaluation that takes far too long ends with a code of its own', () => {
    expect(endWith(100)).toBe('too-slow');
  });

  test('where the time is short, only the steps decide', () => {
    expect(endWith(0)).toBe('D1012');
    expect(endWith(1)).toBe('D1012');
  });

  test('a short evaluation looks at no clock', () => {
    const monotonic = (): number => {
      throw new Error('looked at the clock');
    };
    const { expression } = compileExpression('$sum([1..1000]) > 3');
    expect(expression?.evaluate({ ...scopeOf([{}]), home: { ...emptyHome, monotonic } })).toBe(true);
  });
});
