// The index of comparisons against evaluating every expression: it loses none, and is exact where it can be.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileExpression,
  type Expression,
  ExpressionError,
  type Guard,
  GuardIndex,
  Positions,
} from '../../src/expression/index.ts';
import { scopeOf } from './generated.ts';

function compiled(source: string): Expression {
  const { expression, problems } = compileExpression(source, { names: ['payload', 'topic'] });
  if (expression === undefined) throw new Error(`${source}: ${JSON.stringify(problems)}`);
  return expression;
}

const guards: readonly (readonly [source: string, guard: Partial<Guard> | undefined])[] = [
  ['payload.x > 5', { read: 'payload.x', test: { operator: '>', constant: 5 }, isWhole: true }],
  ['5 > payload.x', { read: 'payload.x', test: { operator: '<', constant: 5 } }],
  ['-5 <= $payload . x', { read: '$payload . x', test: { operator: '>=', constant: -5 } }],
  ['payload = "ON"', { read: 'payload', test: { operator: '=', constants: ['ON'] } }],
  ['null = payload.x', { read: 'payload.x', test: { operator: '=', constants: [null] } }],
  ['payload.x in [1, "a"]', { read: 'payload.x', test: { operator: '=', constants: [1, 'a'] } }],
  ['payload.on', { read: 'payload.on', test: { operator: 'true' } }],
  ['$not(payload.on)', { read: '$not(payload.on)', test: { operator: 'true' } }],
  [
    '(payload.x > 5) and topic = "a" and payload.y',
    { read: 'payload.x', test: { operator: '>', constant: 5 }, isWhole: false },
  ],
  ['((payload.x > 5) and payload.y)', { isWhole: false }],
  ['$state("a").b < 5', { read: '$state("a").b' }],
  ['payload.rows[0].b < 5', { read: 'payload.rows[0].b' }],
  ['payload.x > "5"', undefined],
  ['payload.x > payload.y', undefined],
  ['payload.x != 5', undefined],
  ['payload.x + 1 > 5', undefined],
  ['payload.x > 5 or topic', undefined],
  ['payload.x in []', undefined],
  ['payload.x in [payload.y]', undefined],
  ['payload.x = "5"[0]', undefined],
  ['($x := 5; payload.x > $x)', undefined],
  ['(payload.x > 5)[0]', undefined],
];

test.each(guards)('%s begins with %j', (source, guard) => {
  const found = compiled(source).guard;
  if (guard === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(guard);
});

const constant = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, '"a"', '""', '"1"', 'true', 'false', 'null'),
);
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, 1e300, '-0', -1e-9));
const order = fc.constantFrom('<', '<=', '>', '>=');
const comparison = fc.oneof(
  fc.tuple(order, number).map(([operator, value]) => `payload.x ${operator} ${value}`),
  fc.tuple(order, number).map(([operator, value]) => `${value} ${operator} payload.x`),
  constant.map((value) => `payload.x = ${value}`),
  constant.map((value) => `${value} = payload.x`),
  fc.array(constant, { minLength: 1, maxLength: 3 }).map((list) => `payload.x in [${list.join(', ')}]`),
  fc.constant('payload.x'),
);
const rest = fc.constantFrom('', ' and payload.y', ' and payload.y + 1 > 2', ' and true');
const value = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.constantFrom(0.5, -0, 1e308, Number.NaN, Number.POSITIVE_INFINITY, 'a', '', '1', 'NaN', true, false),
  fc.constantFrom<unknown>(null, undefined, [], [1], [[1]], [null], {}, { x: 1 }, ['a', 'a']),
);

type Result = 'holds' | 'fails' | 'missing' | 'error';

function resultOf(expression: Expression, payload: unknown): Result {
  try {
    const found = expression.evaluate(scopeOf([payload, 't']));
    if (found === undefined) return 'missing';
    return found === false || found === null ? 'fails' : 'holds';
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ExpressionError);
    return 'error';
  }
}

function selectedBy(
  expressions: readonly Expression[],
  payload: unknown,
  keepsMissing: boolean,
): Set<number> {
  const indexed = expressions.map(({ guard }) => {
    if (guard === undefined) throw new Error('no guard');
    return { test: guard.test, keepsMissing: keepsMissing && guard.isWhole };
  });
  const selected = new Positions(indexed.length);
  new GuardIndex(indexed).select(compiled('payload.x').evaluate(scopeOf([payload, 't'])), selected);
  const found = [...selected.items.subarray(0, selected.count)];
  expect(new Set(found).size).toBe(found.length);
  return new Set(found);
}

/** A list of things is read through, as paths do. */
const payloads = fc.oneof(
  value.map((x) => (x === undefined ? {} : { x, y: x })),
  fc.array(value, { maxLength: 3 }).map((list) => list.map((x) => ({ x }))),
  value,
);

describe('against evaluating each', () => {
  test('what is not selected fails, and is no error', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(comparison, rest)), payloads, fc.boolean(), (parts, payload, keeps) => {
        const expressions = parts.map(([first, second]) => compiled(first + second));
        const selected = selectedBy(expressions, payload, keeps);
        for (const [position, expression] of expressions.entries()) {
          const result = resultOf(expression, payload);
          const mayBeLeftOut = result === 'fails' || (result === 'missing' && !keeps);
          if (!mayBeLeftOut) expect([...selected], expression.source).toContain(position);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('comparisons with nothing behind them are selected exactly when they hold or are an error', () => {
    fc.assert(
      fc.property(fc.array(comparison), payloads, (sources, payload) => {
        const expressions = sources.map(compiled);
        const wanted = expressions.flatMap((expression, position) =>
          ['holds', 'error'].includes(resultOf(expression, payload)) ? [position] : [],
        );
        const selected = [...selectedBy(expressions, payload, false)].toSorted((a, b) => a - b);
        // text is no error beside `=`, but may be one beside `<`
        expect(selected).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });
});
