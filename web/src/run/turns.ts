// The turns of a loop in the steps of a run: which there were, and what happened in one of them.
import type { TraceStep } from '../api/types.ts';

export interface Turn {
  /** Of those that are on record, from 1. */
  readonly number: number;
  readonly count: number;
  /** From its beginning to that of the next, those of the loop itself among them. */
  readonly steps: readonly TraceStep[];
}

const beginning = /^turn \d+$/;

/** Undefined: the loop was not come to, or had no turn. `steps` are those of one turn of the loop around it. */
export function turnOf(key: string, steps: readonly TraceStep[], wanted?: number): Turn | undefined {
  const starts = steps.flatMap(({ path, result }, index) =>
    path === key && result !== undefined && beginning.test(result) ? [index] : [],
  );
  if (starts.length === 0) return undefined;
  const number = Math.min(starts.length, Math.max(1, wanted ?? starts.length));
  return { number, count: starts.length, steps: steps.slice(starts[number - 1], starts[number]) };
}
