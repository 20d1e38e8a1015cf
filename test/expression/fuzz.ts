// Compiled = reference on very many random cases: what agrees is counted, what differs is made as small as it can be.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { compileExpression } from '../../src/expression/index.ts';
import { deviationOf, hasConstructor, mistakesTuples, neverEnds, readsFlags } from './excuses.ts';
import { expressions, inputs, type Outcome, ownOutcome, referenceOutcome } from './generated.ts';
import { functionCalls } from './generated-calls.ts';

/** Codes that say that a budget ended it; the package has none. */
const budgetCodes = new Set(['D1011', 'D1012', 'D2015', 'too-many-bytes', 'text-too-long']);

export interface FuzzCase {
  readonly source: string;
  readonly input: unknown;
}

export interface Difference extends FuzzCase {
  readonly own: unknown;
  readonly reference: unknown;
}

export type Verdict =
  | { readonly kind: 'values' | 'failures' | 'problems' }
  | { readonly kind: 'excused'; readonly why: string }
  | { readonly kind: 'different'; readonly own: unknown; readonly reference: unknown };

interface ParsedByPackage {
  readonly tree?: unknown;
  readonly code?: string;
}

function parsedByPackage(source: string): ParsedByPackage {
  try {
    return { tree: jsonata(source).ast() };
  } catch (thrown) {
    const { code } = thrown as { code?: unknown };
    return { code: typeof code === 'string' ? code : 'a crash' };
  }
}

const excused = (why: string): Verdict => ({ kind: 'excused', why });

/** Both refuse it with the same code, or it is excused why only we do. */
function judgeProblems(source: string, { code }: ParsedByPackage): Verdict | undefined {
  const codes = compileExpression(source).problems.flatMap((one) =>
    one.severity === 'error' ? [one.code] : [],
  );
  if (code === 'a crash') return excused('the package crashed');
  if (code !== undefined)
    return codes.includes(code) ? { kind: 'problems' } : { kind: 'different', own: codes, reference: code };
  const ours = codes.find((one) => ['not-supported', 'slow-regex', 'too-deep', 'too-long'].includes(one));
  if (ours !== undefined) return excused(ours);
  return codes.length > 0 ? { kind: 'different', own: codes, reference: 'no problem' } : undefined;
}

function ownResult({ source, input }: FuzzCase): Outcome | { readonly thrown: string } {
  try {
    return ownOutcome(source, input);
  } catch (thrown) {
    return { thrown: String(thrown) };
  }
}

/** One case, evaluated by both. */
export async function judge(one: FuzzCase): Promise<Verdict> {
  const parsed = parsedByPackage(one.source);
  const verdict = judgeProblems(one.source, parsed);
  if (verdict !== undefined) return verdict;
  if (mistakesTuples(parsed.tree)) return excused('the package loses variables');
  if (readsFlags(parsed.tree)) return excused('flags of sequences');
  if (neverEnds(one.source)) return excused('the package never ends');
  const own = ownResult(one);
  if ('thrown' in own) return { kind: 'different', own, reference: 'no crash' };
  if ('code' in own && budgetCodes.has(own.code)) return excused('a budget');
  const reference = await referenceOutcome(one.source, one.input);
  if ('skip' in reference) return excused(reference.skip);
  if (isDeepStrictEqual(own, reference)) return { kind: 'code' in own ? 'failures' : 'values' };
  const deviation = deviationOf(one.source, own, reference);
  if (deviation !== undefined) return excused(deviation);
  // the package evaluates the parts of a constructor side by side: which of two failures it reports is by chance
  if ('code' in own && 'code' in reference && hasConstructor(parsed.tree))
    return excused('order of failures');
  return { kind: 'different', own, reference };
}

const cases: fc.Arbitrary<FuzzCase> = fc.record({
  source: fc.oneof({ arbitrary: expressions, weight: 2 }, { arbitrary: functionCalls, weight: 1 }),
  input: inputs.value,
});

/** The same difference in a case as small as it gets. */
async function shrunk(at: { seed: number; index: number }): Promise<Difference | undefined> {
  const property = fc.asyncProperty(cases, async (one) => (await judge(one)).kind !== 'different');
  const { counterexample } = await fc.check(property, {
    seed: at.seed,
    path: String(at.index),
    numRuns: 1,
    endOnFailure: false,
  });
  const [one] = counterexample ?? [];
  if (one === undefined) return undefined;
  const verdict = await judge(one);
  return verdict.kind === 'different' ? { ...one, ...verdict } : undefined;
}

export interface FuzzReport {
  readonly counts: {
    values: number;
    failures: number;
    problems: number;
    different: number;
    excused: Map<string, number>;
  };
  readonly differences: Difference[];
}

export interface FuzzOptions {
  readonly cases: number;
  readonly seed: number;
  /** Told of each difference that was made small, and after each batch. */
  readonly onProgress?: (report: FuzzReport) => void;
}

const batchSize = 1_000;
/** Making cases small takes long; the first ones will do. */
const mostShrunk = 25;

function count({ counts }: FuzzReport, verdict: Verdict): void {
  if (verdict.kind === 'excused') counts.excused.set(verdict.why, (counts.excused.get(verdict.why) ?? 0) + 1);
  else counts[verdict.kind]++;
}

/** Numbers of the cases of one batch that differ. */
async function runBatch(report: FuzzReport, batch: { seed: number; size: number }): Promise<number[]> {
  const different: number[] = [];
  let index = -1;
  const property = fc.asyncProperty(cases, async (one) => {
    index++;
    const verdict = await judge(one);
    count(report, verdict);
    if (verdict.kind === 'different') different.push(index);
  });
  await fc.assert(property, { numRuns: batch.size, seed: batch.seed });
  return different;
}

export async function fuzz({ cases: total, seed, onProgress }: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = {
    counts: { values: 0, failures: 0, problems: 0, different: 0, excused: new Map() },
    differences: [],
  };
  for (let done = 0, batch = 0; done < total; done += batchSize, batch++) {
    const at = { seed: seed + batch, size: Math.min(batchSize, total - done) };
    for (const index of await runBatch(report, at)) {
      if (report.differences.length >= mostShrunk) continue;
      const difference = await shrunk({ seed: at.seed, index });
      if (difference !== undefined) report.differences.push(difference);
    }
    onProgress?.(report);
  }
  return report;
}
