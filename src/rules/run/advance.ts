// Going on with a run until all its branches wait or it has ended. Instructions decide; what they want done is told by
// their steps.
import type { Duration, Timestamp } from '../../base/index.ts';
import { type Event, type Instruction, localNames, type Next } from '../compile/plan.ts';
import { shownText } from '../trace/shown.ts';
import type { RunStatus, TraceError } from '../trace/trace.ts';
import { decide } from './decide.ts';
import { durationOf } from './duration.ts';
import { RunError, traceErrorOf } from './evaluate.ts';
import type { Run } from './run.ts';
import { type Effects, RunStep } from './step.ts';
import { type HeldWatch, newThread, type Thread } from './thread.ts';

/** Instructions in one go; a loop without a wait ends here instead of stopping the house. */
const maxInstructions = 10_000;
const maxThreads = 100;

/** A branch that goes on: with its instruction, or with what ended the wait in it. */
export interface Ready {
  readonly thread: Thread;
  readonly event?: Event;
  /** In a word, for the trace: how the wait ended. */
  readonly result?: string;
}

interface Turn {
  readonly run: Run;
  readonly at: Timestamp;
  readonly effects: Effects;
  /** Goes on before those that are ready. */
  next: Ready | undefined;
  readonly ready: Ready[];
}

/** Where a turn is. */
interface At {
  readonly instruction: Instruction;
  readonly thread: Thread;
  readonly step: RunStep;
}

type Of<Do extends string> = NonNullable<Next> & { readonly do: Do };

function isEmpty(locals: Thread['locals']): boolean {
  for (const _name in locals) return false;
  return true;
}

/** The bindings of a branch come into force. */
export function enter(thread: Thread, run: Run): void {
  if (run.current === thread) return;
  const { bindings } = run;
  const isFirst = run.current === undefined && isEmpty(thread.locals);
  run.current = thread;
  if (isFirst) return;
  for (const name of localNames) if (name !== 'run') bindings.set(name, thread.locals[name]);
  if (thread.locals.run === undefined) bindings.become(run.id);
  else bindings.set('run', thread.locals.run);
}

function afterWait(instruction: Instruction, step: RunStep, event: Event): Next {
  if (instruction.resume !== undefined) return instruction.resume(step, event);
  if (event.by === 'error') throw new RunError(event.code, event.message, { path: instruction.path });
  return undefined;
}

/** Watches for a time of day know when it comes as soon as the wait begins. */
function scheduled({ watches }: Instruction, { run, at }: Turn): HeldWatch[] {
  const held: HeldWatch[] = [];
  for (const [index, watch] of watches.entries()) {
    if (watch.kind !== 'trigger' || watch.source.on !== 'schedule') continue;
    const due = watch.source.next(at, run.bindings);
    if (due !== undefined) held.push({ index, about: '', since: at, due });
  }
  return held;
}

function heldAtOnce(next: Of<'suspend'>, instruction: Instruction, turn: Turn): HeldWatch[] {
  const held = scheduled(instruction, turn);
  if (next.held === undefined || next.hold === undefined) return held;
  return [...held, { index: next.held, about: '', since: turn.at, due: turn.at + next.hold }];
}

/** Conditions that are to become true: what they are as the wait begins. */
function lastOf({ watches }: Instruction, { run }: Turn): Record<number, boolean> | undefined {
  const frame = { scope: run.bindings, record: undefined };
  const last = watches.flatMap((watch, index): [number, boolean][] => {
    if (watch.kind !== 'trigger' || watch.source.on !== 'condition') return [];
    return [[index, decide(watch.source.condition, frame) === 'pass']];
  });
  return last.length === 0 ? undefined : Object.fromEntries(last);
}

/** For how long topics have to be silent: computed as the wait begins. */
function silencesOf({ path, watches }: Instruction, { run }: Turn): Record<number, Duration> | undefined {
  const frame = { scope: run.bindings, record: undefined };
  const silences = watches.flatMap((watch, index): [number, Duration][] => {
    if (watch.kind !== 'trigger' || watch.source.on !== 'silence') return [];
    return [[index, durationOf(watch.source.for, `${path}.wait.for`, frame)]];
  });
  return silences.length === 0 ? undefined : Object.fromEntries(silences);
}

function suspend(next: Of<'suspend'>, { instruction, thread, step }: At, turn: Turn): void {
  const { at } = turn;
  const last = lastOf(instruction, turn);
  const silences = silencesOf(instruction, turn);
  const call = next.call && step.call(next.call);
  thread.wait = {
    since: at,
    due: next.for === undefined ? undefined : at + next.for,
    for: next.for,
    overdue: next.overdue,
    holdMs: next.hold,
    held: heldAtOnce(next, instruction, turn),
    call,
    memory: next.memory,
    ...(last && { last }),
    ...(silences && { silences }),
    ...(next.topics && { topics: next.topics }),
  };
}

function fork(next: Of<'fork'>, thread: Thread, turn: Turn): void {
  const { run } = turn;
  if (run.threads.length + next.branches.length > maxThreads) {
    const words = `a run has ${maxThreads} branches at once at the most`;
    throw new RunError('too-many-branches', words, {
      path: 'actions',
      params: { limit: String(maxThreads) },
    });
  }
  thread.branches = next.branches.length;
  for (const { at } of next.branches) {
    const branch = newThread(run.nextThread++, at, thread);
    run.threads.push(branch);
    turn.ready.push({ thread: branch });
  }
}

/** A branch comes back, or failed; the last one lets the branch go on that waits for them. */
function join(thread: Thread, error: TraceError | undefined, { run, ready }: Turn): void {
  run.threads = run.threads.filter((other) => other !== thread);
  const parent = thread.parent === undefined ? undefined : run.find(thread.parent);
  if (parent?.branches === undefined) return;
  parent.branches -= 1;
  parent.branchError ??= error;
  if (parent.branches > 0) return;
  const event = { by: 'branches' as const, error: parent.branchError, memory: undefined };
  parent.branches = undefined;
  parent.branchError = undefined;
  ready.push({ thread: parent, event });
}

/** Ends the run, by way of `finally` when there is one that has not begun and the ending allows it. */
export function endRun(run: Run, status: RunStatus, reason: string | undefined, at: Timestamp): void {
  const { instructions, finallyAt } = run.rule.plan;
  const mayClean = run.ending === undefined && status !== 'superseded' && !run.isQueued;
  const main = run.find(0) ?? newThread(0, 0);
  main.wait = undefined;
  main.branches = undefined;
  if (run.threads.length > 1 || run.threads[0] !== main) run.threads = [main];
  if (mayClean && finallyAt < instructions.length) {
    run.ending = { status, reason };
    main.pc = finallyAt;
    run.status = 'running';
    return;
  }
  run.status = run.ending?.status ?? status;
  run.reason = run.ending?.reason ?? reason;
  run.endedAt = at;
}

/** Ends the run in the midst of a turn; what it has to clean up goes on in it. */
function finish(status: RunStatus, reason: string | undefined, turn: Turn): void {
  const { run, ready } = turn;
  endRun(run, status, reason, turn.at);
  const [main] = run.threads;
  turn.next = main && { thread: main };
  ready.length = 0;
}

/** `fail`, in the words of the document; behind a handler the error that it was for stands. */
function end(next: Of<'end'>, instruction: Instruction, turn: Turn): void {
  const { run } = turn;
  if (next.outcome === 'failed' && run.ending === undefined && next.keepsError !== true) {
    run.error = { code: 'failed', message: shownText(next.reason), path: instruction.path };
    for (const thread of run.threads) thread.locals.error = run.error;
    run.bindings.set('error', run.error);
  }
  if (next.result !== undefined) run.result = next.result;
  finish(next.outcome, shownText(next.reason), turn);
}

/** Applies the error policy of the instruction. A branch that fails lets the others end. */
function failAt(error: unknown, at: { instruction: Instruction; thread: Thread }, turn: Turn): void {
  const { instruction, thread } = at;
  const { run } = turn;
  const { onError } = instruction;
  const traced = traceErrorOf(error, instruction.path);
  thread.locals.error = traced;
  run.bindings.set('error', traced);
  const isBranch = thread.number > 0;
  if (run.ending === undefined && (!isBranch || onError !== 'stop')) run.error = traced; // one of finally hides nothing
  if (onError !== 'stop') {
    thread.pc = onError === 'continue' ? instruction.behind.at : onError.at;
    turn.next = { thread };
  } else if (isBranch) join(thread, traced, turn);
  else finish('failed', run.error?.code, turn);
}

/** Does what an instruction said comes next. */
function follow(next: Next, at: At, turn: Turn): void {
  const { instruction, thread } = at;
  switch (next?.do) {
    case undefined:
      thread.pc += 1;
      turn.next = { thread };
      break;
    case 'jump':
      thread.pc = next.to.at;
      turn.next = { thread };
      break;
    case 'suspend':
      suspend(next, at, turn);
      break;
    case 'fork':
      fork(next, thread, turn);
      break;
    case 'join':
      join(thread, undefined, turn);
      break;
    case 'end':
      end(next, instruction, turn);
  }
}

/** One instruction of one branch; afterwards the branch stands at the next one, waits, or is gone. */
function turnOnce(instruction: Instruction, { thread, event, result }: Ready, turn: Turn): void {
  const { run, at, effects } = turn;
  enter(thread, run);
  run.bindings.seedFor(thread.pc);
  const since = event === undefined ? at : (thread.wait?.since ?? at);
  thread.wait = undefined;
  const step = new RunStep({ run, thread, instruction, at, effects });
  if (result !== undefined) step.note(result);
  try {
    const next = event === undefined ? instruction.execute(step) : afterWait(instruction, step, event);
    const isWaiting = next?.do === 'suspend' || next?.do === 'fork';
    if (!isWaiting) step.trace(since);
    follow(next, { instruction, thread, step }, turn);
    if (isWaiting && (event !== undefined || step.hasDone)) step.trace(since);
  } catch (error) {
    step.trace(since, error);
    failAt(error, { instruction, thread }, turn);
  }
}

function tooManySteps(path: string, turn: Turn): void {
  const { run } = turn;
  const words = `more than ${maxInstructions} steps without a wait`;
  run.ending ??= { status: 'failed', reason: 'too-many-steps' };
  run.error = traceErrorOf(new RunError('too-many-steps', words, { path }), path);
  finish('failed', 'too-many-steps', turn);
}

/** The branch that goes on next. */
function nextReady(turn: Turn): Ready | undefined {
  const { run, ready } = turn;
  if (run.status !== 'running') return undefined;
  for (let next = turn.next ?? ready.shift(); next; next = ready.shift()) {
    turn.next = undefined;
    if (run.threads.includes(next.thread)) return next;
  }
  return undefined;
}

/** Goes on until every branch waits or the run has ended. */
export function advance(run: Run, at: Timestamp, { from, effects }: { from: Ready; effects: Effects }): void {
  const { instructions, finallyAt } = run.rule.plan;
  const turn: Turn = { run, at, effects, next: from, ready: [] };
  run.status = 'running';
  run.bindings.at = at;
  let count = 0;
  for (let next = nextReady(turn); next !== undefined; next = nextReady(turn)) {
    const instruction = instructions[next.thread.pc];
    const isMainDone = run.ending === undefined && next.thread.pc >= finallyAt;
    if (instruction === undefined || isMainDone) finish('finished', undefined, turn);
    else if (count++ < maxInstructions) turnOnce(instruction, next, turn);
    else tooManySteps(instruction.path, turn);
  }
  if (run.status === 'running') run.status = 'waiting';
}

/** The steps of waits that are over because the run is. */
export function addWaitSteps(run: Run, at: Timestamp, result: string): void {
  for (const { wait, pc } of run.threads) {
    const instruction = run.rule.plan.instructions[pc];
    if (wait === undefined || instruction === undefined) continue;
    const { path, verb, id } = instruction;
    run.addStep({
      path,
      verb,
      at: wait.since,
      durationMs: at - wait.since,
      result,
      ...(id !== undefined && { id }),
    });
  }
}
