// Rules that one input wakes.
import type { WakeUp } from './admission.ts';
import { inOrder, type RuleState } from './rule-state.ts';

/** A rule with all that wakes it. */
export interface Woken {
  readonly state: RuleState;
  readonly wakeUps: readonly WakeUp[];
}

/** In order of rules, each once. */
export function grouped(woken: readonly Woken[]): readonly Woken[] {
  if (woken.length < 2) return woken;
  const byState = new Map<RuleState, WakeUp[]>();
  for (const { state, wakeUps } of woken) byState.set(state, [...(byState.get(state) ?? []), ...wakeUps]);
  return [...byState]
    .map(([state, wakeUps]) => ({ state, wakeUps }))
    .sort((a, b) => inOrder(a.state, b.state));
}

/** What wakes a rule once: of a rule with `each`, what wakes one of its rows. */
export function byRow(wakeUps: readonly WakeUp[]): readonly (readonly WakeUp[])[] {
  const [first] = wakeUps;
  if (wakeUps.every(({ row }) => row === first?.row)) return [wakeUps];
  const rows = new Map<WakeUp['row'], WakeUp[]>();
  for (const wakeUp of wakeUps) rows.set(wakeUp.row, [...(rows.get(wakeUp.row) ?? []), wakeUp]);
  return [...rows.values()];
}
