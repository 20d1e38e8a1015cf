// Compiled = reference: random expressions and inputs against the jsonata package, then the cases written as data.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../src/expression/index.ts';
import { cases } from './cases.ts';
import {
  deepFreeze,
  expressions,
  inputs,
  normal,
  ownOutcome,
  referenceOutcome,
  scopeOf,
} from './generated.ts';

const numRuns = Number(process.env['HOMERULE_FUZZ_RUNS'] ?? 3_500);
const seed = Number(process.env['HOMERULE_FUZZ_SEED'] ?? 20_261_122);

function parses(source: string): boolean {
  try {
    jsonata(source);
    return true;
  } catch {
    return false;
  }
}

/** Whether a constructor with several parts is anywhere in a tree of the package. */
function hasConstructor(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, value, expressions: items, group } = node as Record<string, unknown>;
  const isArray = type === 'unary' && value === '[' && Array.isArray(items) && items.length > 1;
  const isObject = (type === 'unary' && value === '{') || group !== undefined;
  return isArray || isObject || Object.values(node).some(hasConstructor);
}

interface RawStep {
  readonly type?: string;
  readonly tuple?: boolean;
  readonly stages?: readonly { readonly type: string; readonly expr?: { readonly type: string } }[];
}

/** The package forgets after a sort that items carry variables: filters, sorts and groups right behind it see none. */
function forgetsAfterSort(steps: readonly RawStep[], hasGroup: boolean): boolean {
  const start = steps.findIndex(({ tuple }) => tuple);
  return steps.some(({ type, stages = [] }, index) => {
    if (start < 0 || index < start || type !== 'sort') return false;
    const isFiltered = stages.some(({ expr }) => expr !== undefined && expr.type !== 'number');
    const isLast = index === steps.length - 1;
    return isFiltered || steps[index + 1]?.type === 'sort' || (isLast && hasGroup);
  });
}

/** Whether the package shows what a path carries with its items, or loses it: see src/expression/README.md. */
function mistakesTuples(node: unknown, isStep = false): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some((part) => mistakesTuples(part));
  const { type, tuple, steps, group, ...rest } = node as Record<string, unknown>;
  if ((type === 'block' || type === 'path') && tuple === true && !isStep) return true;
  const list = Array.isArray(steps) ? steps : [];
  if (forgetsAfterSort(list, group !== undefined)) return true;
  if (list.some((step) => mistakesTuples(step, true)) || mistakesTuples(group)) return true;
  const items = isStep && type === 'block' && Array.isArray(rest['expressions']) ? rest['expressions'] : [];
  if (items.length > 0) {
    const last = items.at(-1);
    const { expressions: _, ...others } = rest;
    return (
      items.slice(0, -1).some((item) => mistakesTuples(item)) ||
      mistakesTuples(last, true) ||
      mistakesTuples(Object.values(others))
    );
  }
  return mistakesTuples(Object.values(rest));
}

/** The package evaluates the parts of a constructor side by side: which of two failures it reports is by chance. */
function isOrderOfFailures(source: string, own: object, reference: object): boolean {
  return 'code' in own && 'code' in reference && hasConstructor(jsonata(source).ast());
}

test(`random expressions agree with the jsonata package (seed ${seed}, ${numRuns} runs)`, async () => {
  const compared = { values: 0, failures: 0, skipped: 0, reordered: 0 };
  const property = fc.asyncProperty(expressions, inputs.value, async (source, input) => {
    fc.pre(parses(source) && !mistakesTuples(jsonata(source).ast()));
    const reference = await referenceOutcome(source, input);
    const own = ownOutcome(source, input);
    if ('skip' in reference) compared.skipped++;
    else if (!isDeepStrictEqual(own, reference) && isOrderOfFailures(source, own, reference))
      compared.reordered++;
    else {
      compared['code' in reference ? 'failures' : 'values']++;
      expect(own).toStrictEqual(reference);
    }
  });
  await fc.assert(property, { numRuns, seed });
  expect(compared.values + compared.failures).toBeGreaterThanOrEqual(0.95 * numRuns);
  expect(compared.failures).toBeGreaterThan(0.1 * numRuns);
  expect(compared.reordered).toBeLessThan(0.002 * numRuns);
}, 600_000);

test('an evaluation never changes its input and says the same twice', () => {
  const property = fc.property(expressions, inputs.value, (source, input) => {
    fc.pre(parses(source));
    const frozen = deepFreeze(structuredClone(input));
    expect(ownOutcome(source, frozen)).toStrictEqual(ownOutcome(source, frozen));
    expect(frozen).toStrictEqual(input);
  });
  fc.assert(property, { numRuns: 300, seed });
});

test('explaining gives the value of evaluating, and every part is a piece of the source', () => {
  const property = fc.property(expressions, inputs.value, (source, input) => {
    fc.pre(parses(source));
    const { expression } = compileExpression(source);
    const explained = expression?.explain(scopeOf([deepFreeze(input)]));
    const own = ownOutcome(source, input);
    if ('value' in own) expect(normal(explained?.value)).toStrictEqual(own.value);
    else expect(explained?.error?.code).toBe(own.code);
    for (const { source: text, start, end } of explained?.parts ?? []) {
      expect(source.slice(start, end)).toBe(text);
      expect(parses(text), `${text} in ${source}`).toBe(true);
    }
  });
  fc.assert(property, { numRuns: 600, seed });
});

describe('cases', () => {
  test.each(cases.map((one) => [one.source, one] as const))('%s', (source, { input, result, code }) => {
    const own = ownOutcome(source, input);
    if (code === undefined) expect(own).toStrictEqual({ value: normal(result) });
    else expect('code' in own ? `${own.code} ${own.position} ${own.token}` : own).toBe(code);
  });

  test.each(cases.filter(({ deviates }) => !deviates).map((one) => [one.source, one.input] as const))(
    'the jsonata package says the same of %s',
    async (source, input) => {
      expect(await referenceOutcome(source, input)).toStrictEqual(ownOutcome(source, input));
    },
  );
});
