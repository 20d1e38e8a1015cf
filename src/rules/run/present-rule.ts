// A rule with what waits of it now, as a copy of the house takes it over: what decides about further runs of it. What its
// triggers hold stays where it is.
import type { CompiledRule } from '../compile/rule.ts';
import type { CaptureRow } from '../ports.ts';
import { packRun } from './packed-run.ts';
import type { KeptRows } from './restoring.ts';
import type { RuleState, Starts } from './rule-state.ts';
import type { Run } from './run.ts';

export interface PresentRule {
  readonly rule: CompiledRule;
  /** Those on which its runs wait. */
  readonly versions: readonly CompiledRule[];
  readonly kept: KeptRows;
  readonly starts: Starts;
}

export function presentRule(
  { rule, starts }: RuleState,
  runs: readonly Run[],
  captures: readonly CaptureRow[],
): PresentRule {
  const versions = [...new Set(runs.map((run) => run.rule))];
  return { rule, versions, kept: { runs: runs.map(packRun), triggers: [], captures }, starts };
}
