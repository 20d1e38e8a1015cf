// Random expressions of the supported fragment, random inputs, and the comparison with the jsonata package.
import fc from 'fast-check';
import jsonata from 'jsonata';
import { compileExpression, ExpressionError, type Scope } from '../../src/expression/index.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const variable = fc.constantFrom('$x', '$y', '$', '$$');
const literal = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map(String),
  fc.constantFrom('"a"', '"on"', '""', '"a b"', '1.5', 'true', 'false', 'null', '0', '1', '"12"', '1e3'),
);
const operator = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  'and',
  'or',
  'in',
  '??',
  '?:',
);
const ofOne = fc.constantFrom(
  ...[
    'string',
    'number',
    'boolean',
    'not',
    'exists',
    'count',
    'sum',
    'max',
    'min',
    'average',
    'abs',
    'floor',
  ],
  ...[
    'ceil',
    'round',
    'sqrt',
    'length',
    'uppercase',
    'lowercase',
    'trim',
    'keys',
    'spread',
    'merge',
    'reverse',
  ],
  ...['distinct', 'sort', 'type', 'zip', 'join', 'formatBase', 'base64encode', 'encodeUrlComponent', 'clone'],
);
const ofTwo = fc.constantFrom(
  ...['append', 'lookup', 'contains', 'split', 'join', 'substringBefore', 'substringAfter', 'pad', 'power'],
  ...['round', 'substring', 'zip', 'formatBase', 'assert'],
);
const ofFunction = fc.constantFrom('map', 'filter', 'single', 'each', 'sift', 'sort', 'reduce');

interface Grammar {
  readonly expression: string;
  readonly path: string;
  readonly operand: string;
  readonly call: string;
  readonly lambda: string;
}

const grammar = fc.letrec<Grammar>((tie: fc.LetrecTypedTie<Grammar>) => {
  const expression = tie('expression');
  const path = tie('path');
  const operand = tie('operand');
  const lambda = tie('lambda');
  const params = fc.constantFrom('$x', '$x, $y', '$x, $y, $z');
  return {
    operand: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'size' },
      { arbitrary: name, weight: 4 },
      { arbitrary: literal, weight: 4 },
      { arbitrary: variable, weight: 2 },
      { arbitrary: path, weight: 5 },
      { arbitrary: tie('call'), weight: 4 },
      { arbitrary: expression.map((inner) => `(${inner})`), weight: 2 },
      {
        arbitrary: fc.array(expression, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
        weight: 1,
      },
      { arbitrary: fc.tuple(operand, operand).map(([from, to]) => `[${from}..${to}]`), weight: 1 },
      {
        arbitrary: fc.tuple(operand, expression).map(([key, value]) => `{"k": ${value}, $string(${key}): 1}`),
        weight: 1,
      },
      {
        arbitrary: fc.tuple(expression, expression).map(([value, rest]) => `($x := ${value}; ${rest})`),
        weight: 1,
      },
    ),
    path: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'size' },
      { arbitrary: fc.tuple(operand, name).map(([left, field]) => `${left}.${field}`), weight: 6 },
      { arbitrary: fc.tuple(name, name, name).map((names) => names.join('.')), weight: 3 },
      { arbitrary: fc.tuple(operand, expression).map(([left, test]) => `${left}[${test}]`), weight: 4 },
      {
        arbitrary: fc.tuple(operand, fc.integer({ min: -2, max: 2 })).map(([left, n]) => `${left}[${n}]`),
        weight: 2,
      },
      { arbitrary: operand.map((left) => `${left}[]`), weight: 1 },
      { arbitrary: fc.tuple(operand, expression).map(([left, step]) => `${left}.(${step})`), weight: 2 },
      { arbitrary: fc.tuple(operand, expression).map(([left, step]) => `${left}.[${step}]`), weight: 1 },
      { arbitrary: operand.map((left) => `${left}.*`), weight: 1 },
      { arbitrary: operand.map((left) => `${left}.**`), weight: 1 },
      { arbitrary: fc.tuple(name, name).map(([left, key]) => `${left}^(>${key}, a)`), weight: 1 },
      {
        arbitrary: fc
          .tuple(name, name, operand)
          .map(([left, key, value]) => `${left}{$string(${key}): ${value}}`),
        weight: 1,
      },
      { arbitrary: fc.tuple(operand, ofOne).map(([left, called]) => `${left}.$${called}()`), weight: 1 },
    ),
    lambda: fc.tuple(params, expression).map(([list, body]) => `function(${list}) { ${body} }`),
    call: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'size' },
      { arbitrary: fc.tuple(ofOne, operand).map(([called, value]) => `$${called}(${value})`), weight: 5 },
      {
        arbitrary: fc
          .tuple(ofTwo, operand, operand)
          .map(([called, ...args]) => `$${called}(${args.join(', ')})`),
        weight: 3,
      },
      {
        arbitrary: fc
          .tuple(ofFunction, operand, lambda)
          .map(([called, ...args]) => `$${called}(${args.join(', ')})`),
        weight: 3,
      },
      {
        arbitrary: fc.tuple(operand, ofOne).map(([value, called]) => `(${value} ~> $${called}())`),
        weight: 1,
      },
      { arbitrary: fc.tuple(lambda, operand).map(([body, value]) => `(${body})(${value})`), weight: 1 },
      {
        arbitrary: fc.tuple(operand, operand, operand).map((args) => `$substring(${args.join(', ')})`),
        weight: 1,
      },
      { arbitrary: fc.tuple(operand, operand, operand).map((args) => `$pad(${args.join(', ')})`), weight: 1 },
      {
        arbitrary: fc.tuple(operand, literal, literal).map((args) => `$replace(${args.join(', ')})`),
        weight: 1,
      },
    ),
    expression: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'size' },
      { arbitrary: operand, weight: 4 },
      { arbitrary: fc.tuple(operand, operator, operand).map((parts) => parts.join(' ')), weight: 6 },
      {
        arbitrary: fc.tuple(operand, operand, operand).map(([test, yes, no]) => `${test} ? ${yes} : ${no}`),
        weight: 1,
      },
      { arbitrary: operand.map((value) => `-(${value})`), weight: 1 },
    ),
  };
});

export const expressions = grammar.expression;

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 9 }),
  fc.constantFrom(1.5, 'a', 'on', '', 'b c', '12', true, false, null),
);

export const inputs = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'data' },
    { arbitrary: scalar, weight: 5 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }), weight: 2 },
    { arbitrary: fc.array(tie('object'), { maxLength: 3 }), weight: 2 },
    { arbitrary: tie('object'), weight: 4 },
  ),
  object: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

/** What came of one evaluation. */
export type Outcome =
  | { readonly value: unknown }
  | { readonly code: string; readonly position: number; readonly token: string | undefined };

/** Undefined, functions and numbers that are not finite as text; no flags, no prototypes. */
export function normal(value: unknown): unknown {
  if (value === undefined) return '<missing>';
  if (typeof value === 'function') return '<function>';
  if (typeof value === 'number' && !Number.isFinite(value)) return `<${value}>`;
  if (Array.isArray(value)) return Array.from(value, normal);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return '<function>';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, normal(item)]));
}

export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}

/** The jsonata package's answer, or why there is none to compare with. */
export async function referenceOutcome(
  source: string,
  input: unknown,
): Promise<Outcome | { readonly skip: string }> {
  try {
    return { value: normal(await jsonata(source).evaluate(structuredClone(input))) };
  } catch (thrown) {
    const { code, position = 0, token, value } = thrown as Record<string, unknown>;
    if (typeof code !== 'string') return { skip: 'the package crashed' };
    if (code === 'T2010' && (value === null || value === undefined))
      return { skip: 'null in an order comparison' };
    return { code, position: Number(position), token: token === undefined ? undefined : String(token) };
  }
}

export function scopeOf(values: unknown[]): Scope {
  const home = { zone: 'UTC', state: () => undefined, states: () => [], changedAt: () => undefined };
  return { values, read: () => undefined, at: 1_767_616_245_000, home, seed: 1 };
}

export function ownOutcome(source: string, input: unknown): Outcome {
  const { expression, problems } = compileExpression(source);
  if (expression === undefined) throw new Error(`${source} does not compile: ${JSON.stringify(problems)}`);
  try {
    return { value: normal(expression.evaluate(scopeOf([deepFreeze(structuredClone(input))]))) };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    return { code: thrown.code, position: thrown.position, token: thrown.token };
  }
}
