// The rule as it was when it ran, with the way that the run took through it.

import type { Trace, TraceStep } from '../api/types.ts';
import { isTree, listOf, type Path, type Tree } from '../document/edit.ts';

export type WayState = 'done' | 'failed' | 'waiting' | 'untaken';

export interface WayBranch {
  /** `then`, `else`, or the number of a branch. */
  readonly name: string;
  /** Of `choose`: what its condition is written at. */
  readonly when?: Path;
  readonly isTaken: boolean;
  readonly stops: readonly WayStop[];
}

export interface WayStop {
  readonly key: string;
  readonly path: Path;
  readonly entry: unknown;
  readonly state: WayState;
  /** How often it was passed. */
  readonly times: number;
  readonly last?: TraceStep;
  readonly branches: readonly WayBranch[];
}

/** `actions[1].then[0]`, as traces write places. */
export function placeText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`))
    .join('');
}

interface Blocks {
  readonly name: string;
  readonly path: Path;
  readonly list: unknown;
  readonly when?: Path;
}

function* chosenOf(entry: Tree, path: Path): Generator<Blocks> {
  for (const [index, one] of listOf(entry['choose']).entries()) {
    if (!isTree(one)) continue;
    const place = [...path, 'choose', index];
    yield { name: String(index + 1), path: [...place, 'then'], list: one['then'], when: [...place, 'when'] };
  }
}

function* blocksOf(entry: Tree, path: Path): Generator<Blocks> {
  yield* chosenOf(entry, path);
  for (const [index, list] of listOf(entry['parallel']).entries())
    yield { name: String(index + 1), path: [...path, 'parallel', index], list };
  for (const name of ['then', 'do', 'else'] as const)
    if (entry[name] !== undefined) yield { name, path: [...path, name], list: entry[name] };
}

interface Walk {
  readonly steps: ReadonlyMap<string, readonly TraceStep[]>;
  /** Where the run waits now. */
  readonly waitsAt: string | undefined;
}

function stateOf(walk: Walk, key: string): WayState {
  if (walk.waitsAt === key) return 'waiting';
  const passed = walk.steps.get(key);
  if (passed === undefined) return 'untaken';
  return passed.at(-1)?.error === undefined ? 'done' : 'failed';
}

function branchOf(walk: Walk, { list, path, ...rest }: Blocks): WayBranch {
  const stops = stopsOf(walk, list, path);
  return { ...rest, stops, isTaken: stops.some(isOnWay) };
}

function isOnWay({ state, branches }: WayStop): boolean {
  return state !== 'untaken' || branches.some(({ isTaken }) => isTaken);
}

function stopsOf(walk: Walk, list: unknown, at: Path): readonly WayStop[] {
  const entries = Array.isArray(list) ? list.map((entry, index) => [entry, [...at, index]] as const) : [];
  const all = list !== undefined && !Array.isArray(list) ? [[list, at] as const] : entries;
  return all.map(([entry, path]) => {
    const key = placeText(path);
    const passed = walk.steps.get(key) ?? [];
    const last = passed.at(-1);
    return {
      key,
      path,
      entry,
      state: stateOf(walk, key),
      times: passed.length,
      ...(last && { last }),
      branches: isTree(entry) ? [...blocksOf(entry, path)].map((blocks) => branchOf(walk, blocks)) : [],
    };
  });
}

export function wayOf(document: unknown, trace: Trace, waitsAt?: string): readonly WayStop[] {
  const steps = Map.groupBy(trace.steps, ({ path }) => path);
  return isTree(document) ? stopsOf({ steps, waitsAt }, document['actions'], ['actions']) : [];
}
