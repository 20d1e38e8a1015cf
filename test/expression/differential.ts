// Random expressions of one theme, compared with the jsonata package: value, or code, position and token.
import fc from 'fast-check';
import jsonata from 'jsonata';
import { expect } from 'vitest';
import { compileExpression } from '../../src/expression/index.ts';
import { ownOutcome, referenceOutcome } from './generated.ts';

export interface DifferentialOptions {
  readonly seed: number;
  readonly numRuns: number;
  /** Which part of the expressions must have been compared. */
  readonly atLeast: number;
  readonly input?: unknown;
  /** On purpose not what the package says. */
  readonly deviates?: (source: string) => boolean;
}

function compiles(source: string): boolean {
  return compileExpression(source).expression !== undefined;
}

function parses(source: string): boolean {
  try {
    jsonata(source);
    return true;
  } catch {
    return false;
  }
}

export async function agreeWithReference(
  sources: fc.Arbitrary<string>,
  { seed, numRuns, atLeast, input = {}, deviates = () => false }: DifferentialOptions,
): Promise<void> {
  let compared = 0;
  const property = fc.asyncProperty(sources, async (source) => {
    if (!parses(source) || deviates(source) || !compiles(source)) return;
    const reference = await referenceOutcome(source, input);
    if ('skip' in reference) return;
    compared++;
    expect(ownOutcome(source, input), source).toStrictEqual(reference);
  });
  const runs = Number(process.env['HOMERULE_FUZZ_RUNS'] ?? numRuns);
  await fc.assert(property, { numRuns: runs, seed });
  expect(compared).toBeGreaterThan(atLeast * runs);
}
