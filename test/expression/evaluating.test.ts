// $eval: code that is text means what it means elsewhere, under the same budget and with no more names.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../src/expression/index.ts';
import { expressions, inputs, ownOutcome, scopeOf } from './generated.ts';

const seed = Number(process.env['HOMERULE_FUZZ_SEED'] ?? 20_261_123);

test(`code that is text gives what it gives elsewhere (seed ${seed})`, () => {
  const property = fc.property(expressions, inputs.value, (source, input) => {
    fc.pre(compileExpression(source).expression !== undefined);
    const plain = ownOutcome(source, input);
    const failure = { code: 'D3121', position: 6, token: 'eval' };
    expect(ownOutcome(`$eval(${JSON.stringify(source)})`, input)).toStrictEqual(
      'code' in plain ? failure : plain,
    );
  });
  fc.assert(property, { numRuns: 1_500, seed });
});

describe('the budget is that of the whole evaluation', () => {
  test.each([
    ['($f := function($n) { 1 + $eval("$f($n + 1)") }; $f(0))', 'D1011'],
    ['$eval("$count([1..5000000])")', 'D2015'],
    ['$eval("($f := function() { $f() }; $f())")', 'D1012'],
    ['$eval("$pad(\\"x\\", 300000000)")', 'too-many-bytes'],
    ['$map([1..2000], function($n) { $eval($string($n)) })', 'D1012'],
    ['$eval($pad("1", 9000, "+1"))', 'D3120'],
    ['$eval($join([1..200].("("), ""))', 'D3120'],
    ['($s := "$eval($s)"; $eval($s))', 'D1011'],
  ])('%s: %s', (source, code) => {
    expect(ownOutcome(source, {})).toMatchObject({ code });
  });
});

describe('names are those of where it is written', () => {
  function outcomeOf(source: string): unknown {
    const { expression, problems } = compileExpression(source, { names: ['payload', 'topic'] });
    expect(problems).toStrictEqual([]);
    try {
      return expression?.evaluate(scopeOf([{ x: 2, rows: [{ n: 1 }, { n: 3 }] }, 'home/lamp']));
    } catch (thrown) {
      return (thrown as { code?: string }).code;
    }
  }

  test.each([
    ['$eval("payload.x")', 2],
    ['$eval("$topic")', 'home/lamp'],
    ['payload.rows.$eval("n")', [1, 3]],
    ['payload.rows.$eval("$$.payload.x * n")', [2, 6]],
    ['$eval("n", {"n": 7})', 7],
    ['$eval("paylod.x")', 'D3120'],
    ['$eval("$process")', 'D3120'],
    ['$eval("$secret(\\"gate\\") = \\"sesame\\"")', 'D3120'],
    ['$eval("constructor", {})', undefined],
  ])('%s', (source, value) => {
    expect(outcomeOf(source)).toStrictEqual(value);
  });

  test('what it reads is unknown before it runs', () => {
    const { expression } = compileExpression('$eval(payload.code)', { names: ['payload', 'topic'] });
    expect(expression?.dependencies).toMatchObject({ paths: 'all', topics: 'all', isRandom: true });
  });
});
