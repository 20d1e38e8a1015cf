// Compiled = reference: random expressions and inputs against the jsonata package, then the cases written as data.
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../src/expression/index.ts';
import { cases } from './cases.ts';
import { fuzz } from './fuzz.ts';
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

test(`random expressions agree with the jsonata package (seed ${seed}, ${numRuns} cases)`, async () => {
  const { counts, differences } = await fuzz({ cases: numRuns, seed });
  expect(differences.map(({ source, input, own, reference }) => ({ source, input, own, reference }))).toEqual(
    [],
  );
  expect(counts.values + counts.failures).toBeGreaterThanOrEqual(0.85 * numRuns);
  expect(counts.failures).toBeGreaterThan(0.1 * numRuns);
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
