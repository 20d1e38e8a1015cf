// Hostile expressions end by their budget, long before they hurt; and always at the same step.
import { describe, expect, test } from 'vitest';
import { type Budget, compileExpression } from '../../src/expression/index.ts';
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

type Hostile = readonly [source: string, code: string, input?: unknown];

const hostile: readonly Hostile[] = [
  [
    '($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $length($d("xxxxxxxxxx", 24)))',
    'too-many-bytes',
  ],
  ['$pad("x", w)', 'too-many-bytes', { w: 3e8 }],
  ['$pad("x", -w, "ab")', 'too-many-bytes', { w: 3e8 }],
  ['$pad("x", 1/0)', 'too-many-bytes'],
  ['$count([1..5000000])', 'D2015'],
  ['[1..20000000]', 'D2014'],
  [
    '$join($map([1..9000], function($n) { "xxxxxxxxxxxxxxxxxxxx" }), pad)',
    'too-many-bytes',
    { pad: 'x'.repeat(500) },
  ],
  ['$replace(s, "x", s)', 'too-many-bytes', { s: 'x'.repeat(5_000) }],
  ['($f := function($n) { 1 + $f($n + 1) }; $f(0))', 'D1011'],
  ['($f := function($n) { $f($n + 1) }; $f(0))', 'D1012'],
  ['($f := function() { $f() }; $f())', 'D1012'],
  ['$map([1..300], function($a) { $map([1..300], function($b) { $a * $b }) })', 'D1012'],
  ['$reduce([1..60], function($a, $n) { [[$a], [$a]] }, 1)', 'too-many-bytes or D1012'],
  ['$string($reduce([1..60], function($a, $n) { [[$a], [$a]] }, 1))', 'too-many-bytes or D1012'],
  [
    '($a := $reduce([1..40], function($a, $n) { [[$a], [$a]] }, 1); $b := $reduce([1..40], function($a, $n) { [[$a], [$a]] }, 1); $a = $b)',
    'D1012',
  ],
  ['$boolean($reduce([1..40], function($a, $n) { [[$a], [$a]] }, 0))', 'D1012'],
  [
    '$count(a.a.a.a.a.a)',
    'D1012 or D2015',
    { a: Array.from({ length: 9 }, (_, n) => ({ a: Array.from({ length: 12_000 }, () => n) })) },
  ],
  ['$distinct(a)', 'D1012', { a: Array.from({ length: 1_000 }, (_, n) => ({ n })) }],
  [
    '$sort(a, function($l, $r) { $l > $r })',
    'D1012 or D2015',
    { a: Array.from({ length: 60_000 }, (_, n) => n) },
  ],
  ['a@$x.a@$y[$x = $y].x', 'D1012 or D2015', { a: Array.from({ length: 500 }, (_, n) => n) }],
  [
    'a@$x.a@$y.a@$z.($x + $y)',
    'D1012 or D2015 or too-many-bytes',
    { a: Array.from({ length: 60 }, (_, n) => n) },
  ],
  ['a#$i^($count(%.a) + n)', 'D1012 or D2015', { a: Array.from({ length: 20_000 }, (_, n) => ({ n })) }],
  ['($w := function($f, $n) { $n = 0 ? $f : $w($f(?), $n - 1) }; $w(function($x) { $x }, 300)(1))', 'D1011'],
  ['($f := function($n) { $f(?)($n) }; $f(1))', 'D1012'],
  [
    '($d := function($o, $n) { $n = 0 ? $o : $d($o ~> |$|{"a": $o, "b": $o}|, $n - 1) }; $d({"z": 1}, 40))',
    'D1012 or D2015 or too-many-bytes',
  ],
  ['($clone := function($x) { $x ~> |$|{}| }; {} ~> |$|{}|)', 'D1011'],
  ['$spread(a)', 'D1012 or D2015 or too-many-bytes', { a: Array.from({ length: 2_000 }, () => ({ a: 1 })) }],
];

describe('hostile expressions', () => {
  test.each(hostile.map(([source, code, input]) => ({ source, code, input })))(
    '$source ends with $code',
    ({ source, code, input }) => {
      expect(code.split(' or ')).toContain(codeOf(source, input));
    },
  );

  test('a deeply nested body counts as several calls: the budget ends before the stack does', () => {
    const nested = `${'($x := '.repeat(40)}1 + $f($n - 1)${'; $x)'.repeat(40)}`;
    const { expression } = compileExpression(`($f := function($n) { $n = 0 ? 0 : ${nested} }; $f(n))`);
    expect(expression?.evaluate(scopeOf([{ n: 15 }]))).toBe(15);
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
