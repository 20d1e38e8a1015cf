// The rule as it was when it ran, with the way that the run took through it: plain data, drawn by run-way.tsx.
import type { Trace, TraceExpression, TraceStep } from '../api/types.ts';
import { isTree, listOf, type Path, pathText, type Tree } from '../document/edit.ts';
import { type Turn, turnOf } from './turns.ts';

/** `stopped`: a condition that did not hold. `untaken`: the run never came there. */
export type WayState = 'done' | 'failed' | 'stopped' | 'waiting' | 'untaken';
export type WayKind = 'trigger' | 'condition' | 'action';

export interface WayBranch {
  /** `then`, `else`, `do`, `onError`, `confirm`, or the number of a branch. */
  readonly name: string;
  /** Of `choose`: what its condition is written at. */
  readonly when?: Path;
  /** Goes on beside the others. */
  readonly isParallel?: boolean;
  readonly isTaken: boolean;
  readonly stops: readonly WayStop[];
}

export interface WayStop {
  readonly key: string;
  readonly kind: WayKind;
  readonly path: Path;
  /** As it is written; undefined when the version is not kept. */
  readonly entry?: unknown;
  readonly state: WayState;
  /** In the turn that is shown of the loops around it. */
  readonly steps: readonly TraceStep[];
  /** Of a condition: what it looked at. */
  readonly expressions: readonly TraceExpression[];
  /** Of a loop. */
  readonly turn?: Turn;
  /** The nearest loop around it. */
  readonly loop?: string;
  readonly branches: readonly WayBranch[];
}

export interface WaySection {
  readonly name: 'triggers' | 'conditions' | 'actions' | 'onError' | 'finally';
  readonly stops: readonly WayStop[];
  readonly isTaken: boolean;
}

export interface WayOptions {
  /** Where the run waits now. */
  readonly waitsAt?: ReadonlySet<string>;
  /** Which turn of a loop is shown, from 1; left out: the last. */
  readonly turns?: ReadonlyMap<string, number>;
}

interface Walk extends Required<WayOptions> {
  /** Of the turn that is shown. */
  readonly steps: readonly TraceStep[];
  readonly isOver: boolean;
  readonly loop?: string;
}

interface Block {
  readonly name: string;
  readonly path: Path;
  readonly list: unknown;
  readonly when?: Path;
  readonly isParallel?: boolean;
}

export function isOver({ status }: Pick<Trace, 'status'>): boolean {
  return status !== 'waiting' && status !== 'running';
}

function* chosenOf(entry: Tree, path: Path): Generator<Block> {
  for (const [index, one] of listOf(entry['choose']).entries()) {
    if (!isTree(one)) continue;
    const place = [...path, 'choose', index];
    yield { name: String(index + 1), path: [...place, 'then'], list: one['then'], when: [...place, 'when'] };
  }
}

function* blocksOf(entry: Tree, path: Path): Generator<Block> {
  yield* chosenOf(entry, path);
  for (const [index, list] of listOf(entry['parallel']).entries())
    yield { name: String(index + 1), path: [...path, 'parallel', index], list, isParallel: true };
  for (const name of ['then', 'do', 'else'] as const)
    if (entry[name] !== undefined) yield { name, path: [...path, name], list: entry[name] };
  const { confirm, onError } = entry;
  if (isTree(confirm) && confirm['else'] !== undefined)
    yield { name: 'confirm', path: [...path, 'confirm', 'else'], list: confirm['else'] };
  if (typeof onError === 'object' && onError !== null)
    yield { name: 'onError', path: [...path, 'onError'], list: onError };
}

function isOnWay({ state, branches }: WayStop): boolean {
  return state !== 'untaken' || branches.some(({ isTaken }) => isTaken);
}

/** One that waits for its branches has told nothing yet. */
function stateOf(
  walk: Walk,
  key: string,
  { steps, branches }: Pick<WayStop, 'steps' | 'branches'>,
): WayState {
  if (walk.waitsAt.has(key)) return 'waiting';
  const last = steps.at(-1);
  if (last !== undefined) return last.error === undefined ? 'done' : 'failed';
  if (!branches.some(({ isTaken }) => isTaken)) return 'untaken';
  return walk.isOver ? 'done' : 'waiting';
}

function branchOf(walk: Walk, { list, path, ...rest }: Block): WayBranch {
  const stops = stopsOf(walk, list, path);
  return { ...rest, stops, isTaken: stops.some(isOnWay) };
}

/** What is seen inside a loop: one turn of it. Waits are those of the last turn. */
function insideOf(walk: Walk, key: string, turn: Turn | undefined): Walk {
  if (turn === undefined) return walk;
  const waitsAt = turn.number === turn.count ? walk.waitsAt : new Set<string>();
  return { ...walk, steps: turn.steps, waitsAt, loop: key };
}

function stopOf(walk: Walk, entry: unknown, path: Path): WayStop {
  const key = pathText(path);
  const isLoop = isTree(entry) && entry['repeat'] !== undefined;
  const turn = isLoop ? turnOf(key, walk.steps, walk.turns.get(key)) : undefined;
  const inside = insideOf(walk, key, turn);
  const steps = inside.steps.filter((step) => step.path === key);
  const branches = isTree(entry) ? [...blocksOf(entry, path)].map((block) => branchOf(inside, block)) : [];
  return {
    ...{ key, kind: 'action', path, entry, steps, branches, expressions: [] },
    state: stateOf(walk, key, { steps, branches }),
    ...(turn && { turn }),
    ...(walk.loop !== undefined && { loop: walk.loop }),
  };
}

function placed(list: unknown, at: Path): readonly (readonly [entry: unknown, path: Path])[] {
  if (Array.isArray(list)) return list.map((entry: unknown, index) => [entry, [...at, index]] as const);
  return list === undefined || list === null ? [] : [[list, at]];
}

function stopsOf(walk: Walk, list: unknown, at: Path): readonly WayStop[] {
  return placed(list, at).map(([entry, path]) => stopOf(walk, entry, path));
}

const bare = { steps: [], expressions: [], branches: [] } as const;

/** The trigger that woke it among the others. By hand none of them did. */
function triggerStops(list: unknown, { trigger, when }: Trace): readonly WayStop[] {
  const all = placed(list, ['triggers']).map(([entry, path], index): WayStop => {
    const taken: WayState = when?.result === 'fail' ? 'stopped' : 'done';
    const state = index === trigger.index ? taken : 'untaken';
    return { ...bare, key: pathText(path), kind: 'trigger', path, entry, state };
  });
  if (all.some(({ state }) => state !== 'untaken')) return all;
  return [{ ...bare, key: 'trigger', kind: 'trigger', path: [], state: 'done' }, ...all];
}

/** Whether the expression stands in the entry at `key`. */
function isIn(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`);
}

/** All of them have to hold, and the first that does not is the last that is looked at. */
function conditionStops(list: unknown, trace: Trace): readonly WayStop[] {
  const stops = placed(list, ['conditions']).map(([entry, path]): WayStop => {
    const key = pathText(path);
    const expressions = trace.conditions.filter((one) => isIn(one.path, key));
    const state = expressions.length === 0 ? 'untaken' : 'done';
    return { ...bare, key, kind: 'condition', path, entry, expressions, state };
  });
  const last = stops.findLast(({ state }) => state === 'done');
  const isError = last?.expressions.some(({ error }) => error !== undefined) ?? false;
  const ended = isError ? 'failed' : trace.status === 'conditions-failed' ? 'stopped' : 'done';
  return stops.map((stop) => (stop === last ? { ...stop, state: ended } : stop));
}

function section(name: WaySection['name'], stops: readonly WayStop[]): WaySection {
  return { name, stops, isTaken: stops.some(isOnWay) };
}

/** Of a version that is not kept: what the trace alone tells, one behind the other. */
function toldWay(trace: Trace): readonly WaySection[] {
  const paths = [
    ...new Set(trace.conditions.map(({ path }) => /^[^.[]*(?:\[\d+\])?/.exec(path)?.[0] ?? path)),
  ];
  const conditions = paths.map((key): WayStop => {
    const expressions = trace.conditions.filter((one) => isIn(one.path, key));
    const hasFailed = expressions.some(({ result }) => result !== 'pass');
    return { ...bare, key, kind: 'condition', path: [], expressions, state: hasFailed ? 'stopped' : 'done' };
  });
  const actions = trace.steps.map((step, index): WayStop => {
    const state = step.error === undefined ? 'done' : 'failed';
    return { ...bare, key: `${step.path} ${index}`, kind: 'action', path: [], steps: [step], state };
  });
  return [
    section('triggers', triggerStops([], trace)),
    section('conditions', conditions),
    section('actions', actions),
  ].filter(({ stops }) => stops.length > 0);
}

export function wayOf(document: unknown, trace: Trace, options: WayOptions = {}): readonly WaySection[] {
  if (!isTree(document)) return toldWay(trace);
  const { waitsAt = new Set(), turns = new Map() } = options;
  const walk: Walk = { steps: trace.steps, waitsAt, turns, isOver: isOver(trace) };
  const { onError } = document;
  const handler = typeof onError === 'object' ? onError : undefined;
  return [
    section('triggers', triggerStops(document['triggers'], trace)),
    section('conditions', conditionStops(document['conditions'], trace)),
    section('actions', stopsOf(walk, document['actions'], ['actions'])),
    section('onError', stopsOf(walk, handler, ['onError'])),
    section('finally', stopsOf(walk, document['finally'], ['finally'])),
  ].filter(({ stops }) => stops.length > 0);
}

/** Every stop, as they are read from top to bottom. */
export function* stopsIn(sections: readonly Pick<WaySection, 'stops'>[]): Generator<WayStop> {
  for (const { stops } of sections)
    for (const stop of stops) {
      yield stop;
      yield* stopsIn(stop.branches);
    }
}

/** What a reader wants to see first: what went wrong, where it waits, what held it up, the last thing that it did. */
export function focusOf(sections: readonly WaySection[]): WayStop | undefined {
  const stops = [...stopsIn(sections)];
  const withState = (wanted: WayState): WayStop | undefined =>
    stops.findLast(({ state, branches }) => state === wanted && !branches.some(({ isTaken }) => isTaken));
  const main = [...stopsIn(sections.filter(({ name }) => name === 'actions'))];
  const sent = main.findLast(({ steps }) =>
    steps.some(({ effects = [] }) => effects.some(({ kind }) => kind !== 'log')),
  );
  const done = main.findLast(({ state }) => state === 'done') ?? withState('done');
  return withState('failed') ?? withState('waiting') ?? withState('stopped') ?? sent ?? done;
}
