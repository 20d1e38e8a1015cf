// Where two payloads differ, value by value.
import { jsonataOf, leavesOf } from '../base/leaves.ts';

export interface Difference {
  /** As an expression names it. */
  readonly path: string;
  /** Undefined: it was not there. */
  readonly was?: unknown;
  readonly is?: unknown;
}

export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const was = new Map(leavesOf(before).map(({ parts, value }) => [jsonataOf(parts), value]));
  const is = new Map(leavesOf(after).map(({ parts, value }) => [jsonataOf(parts), value]));
  const paths = [...new Set([...was.keys(), ...is.keys()])];
  return paths
    .filter((path) => JSON.stringify(was.get(path)) !== JSON.stringify(is.get(path)))
    .map((path) => ({ path, was: was.get(path), is: is.get(path) }));
}
