// Random expressions of the supported fragment, random inputs, and the comparison with the jsonata package.
import fc from 'fast-check';
import jsonata from 'jsonata';
import { compileExpression, ExpressionError, emptyHome, type Scope } from '../../src/expression/index.ts';
import { forgetPlaces } from './package-places.ts';

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
const removed = fc.constantFrom('"a"', '["b", "c"]', 'a', '5', '[]');
const ofFunction = fc.constantFrom('map', 'filter', 'single', 'each', 'sift', 'sort', 'reduce');

interface Grammar {
  readonly expression: string;
  readonly path: string;
  readonly tuples: string;
  readonly operand: string;
  readonly call: string;
  readonly lambda: string;
}

const inBlock = (text: string): string => `(${text})`;

type Tie = fc.LetrecTypedTie<Grammar>;
type Weighted = fc.WeightedArbitrary<string>;

const size = { maxDepth: 5, depthIdentifier: 'size' };

const choice = (weight: number, arbitrary: fc.Arbitrary<string>): Weighted => ({ weight, arbitrary });

/** Parts filled into a text at its `@` signs, in order; `@$x` stays. */
function filled(text: string, ...parts: readonly fc.Arbitrary<string | number>[]): fc.Arbitrary<string> {
  const pieces = text.split(/@(?!\$)/);
  return fc.tuple(...parts).map((values) => pieces.map((piece, n) => `${piece}${values[n] ?? ''}`).join(''));
}

function operandOf(tie: Tie): fc.Arbitrary<string> {
  const [operand, expression] = [tie('operand'), tie('expression')];
  return fc.oneof(
    size,
    choice(4, name),
    choice(4, literal),
    choice(2, variable),
    choice(5, tie('path')),
    choice(1, tie('tuples')),
    choice(4, tie('call')),
    choice(2, filled('(@)', expression)),
    choice(
      1,
      fc.array(expression, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    ),
    choice(1, filled('[@..@]', operand, operand)),
    choice(1, filled('{"k": @, $string(@): 1}', expression, operand)),
    choice(1, filled('($x := @; @)', expression, expression)),
  );
}

function pathOf(tie: Tie): fc.Arbitrary<string> {
  const [operand, expression] = [tie('operand'), tie('expression')];
  return fc.oneof(
    size,
    choice(6, filled('@.@', operand, name)),
    choice(3, filled('@.@.@', name, name, name)),
    choice(4, filled('@[@]', operand, expression)),
    choice(2, filled('@[@]', operand, fc.integer({ min: -2, max: 2 }))),
    choice(1, filled('@[]', operand)),
    choice(2, filled('@.(@)', operand, expression)),
    choice(1, filled('@.[@]', operand, expression)),
    choice(1, filled('@.*', operand)),
    choice(1, filled('@.**', operand)),
    choice(1, filled('@^(>@, a)', name, name)),
    choice(1, filled('@{$string(@): @}', name, name, operand)),
    choice(1, filled('@.$@()', operand, ofOne)),
  );
}

const parent = fc.constantFrom('%', '%.a', '%.b', '%.%.a', '%.%.c', '%.%', '%.*');

/** Paths that carry variables: joins, positions, parents. */
function tuplesOf(tie: Tie): fc.Arbitrary<string> {
  const [operand, expression] = [tie('operand'), tie('expression')];
  return fc.oneof(
    size,
    choice(3, filled('@.@@$x.@', operand, name, expression.map(inBlock))),
    choice(3, filled('@@$x.@[$x = @].@', name, name, operand, name)),
    choice(3, filled('@@$x.@@$y[@].[$x, $y]', name, name, expression)),
    choice(3, filled('@#$x.@', operand, expression.map(inBlock))),
    choice(2, filled('@.@#$x[@]#$y.{"x": $x, "y": $y}', name, name, expression)),
    choice(2, filled('@@$y#$x.@^(@).[$x, $y]', name, name, expression)),
    choice(2, filled('@^(@)#$x[$x < @]', operand, name, operand)),
    choice(2, filled('@.@@$x{$string(@): @}', name, name, expression, expression)),
    choice(4, filled('@.@.(@ @ @)', name, name, parent, operator, operand)),
    choice(2, filled('@.@[@ @ @]', name, name, parent, operator, operand)),
    choice(2, filled('@.@.@.[@, @]', name, name, name, parent, parent)),
    choice(1, filled('@.@.{"k": @}', operand, name, parent)),
    choice(1, filled('@.@^(@).@', name, name, parent, name)),
    choice(1, filled('@.(@).@.@', name, name, name, parent)),
    choice(1, filled('(@.@)[@ = @].@', name, name, parent, operand, name)),
    choice(1, filled('@.(@@$x.@).(@ & $x)', name, name, name, parent)),
  );
}

function callOf(tie: Tie): fc.Arbitrary<string> {
  const [operand, lambda, path] = [tie('operand'), tie('lambda'), tie('path')];
  return fc.oneof(
    size,
    choice(5, filled('$@(@)', ofOne, operand)),
    choice(3, filled('$@(@, @)', ofTwo, operand, operand)),
    choice(3, filled('$@(@, @)', ofFunction, operand, lambda)),
    choice(1, filled('(@ ~> $@())', operand, ofOne)),
    choice(1, filled('$append(?, @)(@)', operand, operand)),
    choice(1, filled('$append(@, ?)(@)', operand, operand)),
    choice(1, filled('(@)(?, @)(@)', lambda, operand, operand)),
    choice(1, filled('$map(@, (@)(?, @))', operand, lambda, operand)),
    choice(1, filled('@ ~> |@|{"a": @}|', operand, path, operand)),
    choice(1, filled('@ ~> |@|{"b": @}, @|', operand, path, operand, removed)),
    choice(1, filled('(@)(@)', lambda, operand)),
    choice(1, filled('$substring(@, @, @)', operand, operand, operand)),
    choice(1, filled('$pad(@, @, @)', operand, operand, operand)),
    choice(1, filled('$replace(@, @, @)', operand, literal, literal)),
  );
}

function expressionOf(tie: Tie): fc.Arbitrary<string> {
  const operand = tie('operand');
  return fc.oneof(
    size,
    choice(4, operand),
    choice(6, filled('@ @ @', operand, operator, operand)),
    choice(1, filled('@ ? @ : @', operand, operand, operand)),
    choice(1, filled('-(@)', operand)),
  );
}

const params = fc.constantFrom('$x', '$x, $y', '$x, $y, $z');

const grammar = fc.letrec<Grammar>((tie: Tie) => ({
  operand: operandOf(tie),
  path: pathOf(tie),
  tuples: tuplesOf(tie),
  lambda: filled('function(@) { @ }', params, tie('expression')),
  call: callOf(tie),
  expression: expressionOf(tie),
}));

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

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' &&
    value !== null &&
    ('_jsonata_lambda' in value || '_jsonata_function' in value));

/** As in JSON: functions never leave an evaluation. */
const listed = (value: unknown): unknown => (isFunction(value) ? null : normal(value));

/** Undefined, functions and numbers that are not finite as text; no flags, no prototypes. */
export function normal(value: unknown): unknown {
  if (value === undefined) return '<missing>';
  if (isFunction(value)) return '<function>';
  if (typeof value === 'number' && !Number.isFinite(value)) return `<${value}>`;
  if (Array.isArray(value)) return Array.from(value, listed);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  const fields = Object.entries(value).filter(([, item]) => !isFunction(item));
  return Object.fromEntries(fields.map(([key, item]) => [key, normal(item)]));
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
  forgetPlaces();
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
  return { values, read: () => undefined, at: 1_767_616_245_000, home: emptyHome, seed: 1 };
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
