// A suspended run as its row, and back. Where it stands is kept by entry and not by number, so that a newer program that
// lays out plans in another way finds the place again.
import type { Duration } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Plan } from '../compile/plan.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { Overdue } from '../model/overdue.ts';
import type { RunRow } from '../ports.ts';
import type { TraceError, TraceExpression, TraceStep } from '../trace/trace.ts';
import { Bindings } from './bindings.ts';
import { Run } from './run.ts';
import { newThread, type Thread, type ThreadWait } from './thread.ts';
import { type PackedWake, packWake, unpackWake } from './wake.ts';

/** The form of `RunRow.state`. Raise it with a migration whenever it changes. */
const rowFormat = 2;

/** A branch; the instruction by the path of its entry and its number among those of the entry. */
interface PackedThread extends Omit<Thread, 'pc'> {
  readonly place: readonly [path: string, ordinal: number] | 'queued';
}

interface PackedRun {
  readonly format: number;
  readonly key: string;
  readonly wake: PackedWake;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Results of actions with an `id`. */
  readonly results: Readonly<Record<string, unknown>> | null;
  readonly steps: readonly TraceStep[];
  readonly conditions: readonly TraceExpression[];
  readonly when: TraceExpression | null;
  readonly ending: Run['ending'] | null;
  readonly error: TraceError | null;
  readonly isRecorded: boolean;
  readonly answers: string | null;
  readonly nextThread: number;
  readonly threads: readonly PackedThread[];
}

/** Format 1: one branch, its number in the plan, waiting in the instruction before it. */
interface PackedRun1 extends Omit<PackedRun, 'threads' | 'nextThread' | 'results' | 'answers'> {
  readonly pc: number;
  readonly waiting: {
    readonly due: number;
    readonly since: number;
    readonly for: Duration;
    readonly overdue?: Overdue;
  } | null;
}

function packThread(thread: Thread, plan: Plan): PackedThread {
  const { pc, ...rest } = thread;
  const instruction = plan.instructions[pc];
  return { ...rest, place: instruction ? [instruction.path, instruction.ordinal] : 'queued' };
}

export function packRun(run: Run): RunRow {
  const packed: PackedRun = {
    format: rowFormat,
    key: run.key,
    wake: packWake(run.wake),
    variables: run.bindings.variables(),
    results: run.bindings.results ?? null,
    steps: run.steps,
    conditions: run.conditions,
    when: run.when ?? null,
    ending: run.ending ?? null,
    error: run.error ?? null,
    isRecorded: !run.isThin,
    answers: run.answers ?? null,
    nextThread: run.nextThread,
    threads: run.threads.map((thread) => packThread(thread, run.rule.plan)),
  };
  const { id, rule, due } = run;
  return { id, rule: rule.id, version: rule.version, due: due ?? null, state: JSON.stringify(packed) };
}

function pcOf(place: PackedThread['place'], plan: Plan): number {
  if (place === 'queued') return -1;
  const [path, ordinal] = place;
  const pc = plan.instructions.findIndex((each) => each.path === path && each.ordinal === ordinal);
  if (pc < 0) throw new Error(`step ${ordinal} of ${path} is no more in the plan`);
  return pc;
}

function unpackThread(packed: PackedThread, plan: Plan): Thread {
  const { place, wait, ...rest } = packed;
  const thread = { ...newThread(packed.number, pcOf(place, plan)), ...rest };
  // what is held said first what it is about when a wait could hold several
  const held = wait?.held.map((each) => ({ ...each, about: each.about ?? each.wake?.topic ?? '' }));
  return { ...thread, wait: wait && { ...wait, held: held ?? [] } };
}

function threadOfFormat1({ pc, waiting }: PackedRun1): Thread {
  const thread = newThread(0, waiting === null ? pc : pc - 1);
  if (waiting !== null) thread.wait = waitOfFormat1(waiting);
  return thread;
}

function waitOfFormat1(waiting: PackedRun1['waiting'] & object): ThreadWait {
  const nothing = { holdMs: undefined, held: [], call: undefined, memory: undefined };
  return { ...nothing, ...waiting, overdue: waiting.overdue };
}

function threadsOf(packed: PackedRun | PackedRun1, row: RunRow, plan: Plan): Thread[] {
  if ('pc' in packed) return [threadOfFormat1(packed)];
  if (packed.format === rowFormat) return packed.threads.map((thread) => unpackThread(thread, plan));
  throw new Error(`run ${row.id} has format ${packed.format}, known is ${rowFormat}`);
}

/** A run as the last process left it; throws when the row is of a format that is not known. */
export function unpackRun(row: RunRow, rule: CompiledRule, home: HomeView): Run {
  const packed = JSON.parse(row.state) as PackedRun | PackedRun1;
  const threads = threadsOf(packed, row, rule.plan);
  const bindings = new Bindings(rule, unpackWake(packed.wake), home);
  for (const [name, value] of Object.entries(packed.variables)) bindings.set(name, value);
  const { key, conditions, when, isRecorded } = packed;
  const answers = 'answers' in packed ? (packed.answers ?? undefined) : undefined;
  const parts = { rule, key, bindings, conditions, when: when ?? undefined, isRecorded };
  const run = new Run(row.id, parts, answers);
  if ('results' in packed && packed.results !== null) bindings.restoreResults(packed.results);
  for (const step of packed.steps) run.addStep(step);
  run.threads = threads;
  run.nextThread = 'nextThread' in packed ? packed.nextThread : 1;
  run.ending = packed.ending ?? undefined;
  run.error = packed.error ?? undefined;
  run.status = 'waiting';
  if (run.isQueued) run.reason = 'queued';
  const [main] = run.threads;
  if (main !== undefined && run.error !== undefined && 'pc' in packed) main.locals.error = run.error;
  return run;
}
