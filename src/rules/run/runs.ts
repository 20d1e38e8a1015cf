// The runs of the house: begun, suspended, resumed, ended. Every one that waits is a row; every ending is a trace.
import { formatDuration, type Ids, messageOf, type Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Event } from '../compile/plan.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { Answer } from '../input.ts';
import { isInTime, type Overdue } from '../model/overdue.ts';
import type { EngineRows, RunRow } from '../ports.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import { type LateTrace, type RunStatus, readyTrace, type Trace } from '../trace/trace.ts';
import type { Admitted } from './admission.ts';
import { addWaitSteps, advance, endRun, type Ready } from './advance.ts';
import type { DueItem } from './due-item.ts';
import { traceErrorOf } from './evaluate.ts';
import { afterHeld, heldAgain, movedWait, wakeOfHeld } from './held.ts';
import type { Looks } from './looks.ts';
import { packRun, unpackRun } from './packed-run.ts';
import type { RuleState } from './rule-state.ts';
import { lateTraceOf, Run } from './run.ts';
import { RunTimers } from './run-timers.ts';
import type { Silences } from './silences.ts';
import type { Effects } from './step.ts';
import {
  dueOf,
  firstHeld,
  type HeldWatch,
  parseTimerId,
  type Thread,
  type ThreadWait,
  timerId,
} from './thread.ts';
import type { RestoreTimes } from './trigger-memory.ts';
import { Waits } from './waits.ts';

export interface RunsHouse {
  readonly rows: EngineRows;
  readonly ids: Ids;
  readonly due: DueHeap<DueItem>;
  readonly looks: Looks;
  readonly silences: Silences;
  effectsOf(run: Run): Effects;
  stateOf(rule: string): RuleState | undefined;
  recheck(run: Run, at: Timestamp): boolean;
  /** `depth`: rules between the run and the outside; undefined for what never ran. */
  ended(trace: LateTrace, state: RuleState | undefined, depth?: number): void;
  changed(trace: LateTrace): void;
}

export interface RestoreOptions {
  readonly rule: CompiledRule | undefined;
  readonly home: HomeView;
  readonly times: RestoreTimes;
}

/** A branch that waits. */
interface Waiting {
  readonly run: Run;
  readonly thread: Thread;
  readonly wait: ThreadWait;
}

export interface BeginOptions {
  readonly id?: string | undefined;
  /** The call that the end of the run answers. */
  readonly answers?: string | undefined;
}

/** A timer this much past its time is late and says so. */
const lateAfterMs = 1000;

export class Runs {
  /** Set when a row was put or deleted; the engine resets it for each input. */
  isDurable = false;
  readonly waits: Waits;
  readonly #house: RunsHouse;
  readonly #timers: RunTimers;
  readonly #waiting = new Map<string, Run>();
  /** Timers that came due while the house was down; their `overdue` policy counts. */
  readonly #overdue = new Set<string>();
  /** Runs by the calls that they wait for. */
  readonly #calls = new Map<string, Run>();

  constructor(house: RunsHouse) {
    this.#house = house;
    this.#timers = new RunTimers(house.due);
    this.waits = new Waits({
      looks: house.looks,
      silences: house.silences,
      rewait: ({ run, thread }, wait) => this.rewait(run, thread, wait),
    });
  }

  /** Runs that wait now. */
  get size(): number {
    return this.#waiting.size;
  }

  find(id: string): Run | undefined {
    return this.#waiting.get(id);
  }

  values(): IterableIterator<Run> {
    return this.#waiting.values();
  }

  /** Those of one rule, in the order in which they began. */
  of(rule: string): Run[] {
    return [...this.#waiting.values()].filter((run) => run.rule.id === rule);
  }

  begin(
    admitted: Admitted,
    at: Timestamp,
    { id = this.#house.ids.next(at), answers }: BeginOptions = {},
  ): void {
    const { state, rule, key } = admitted;
    const run = new Run(id, admitted, answers);
    const active = state.runsOf(key);
    // Newest first, here too: of a rule that was `queued` before, some may stand in the queue.
    if (rule.mode === 'restart')
      for (const other of [...active].reverse()) this.#end(other, 'superseded', 'restart', at);
    if (rule.mode === 'queued' && active.length > 0) {
      run.status = 'waiting';
      run.reason = 'queued';
      this.#keep(run);
      return;
    }
    this.#start(run, at);
  }

  /** A wait's time has come, or somebody fired it by hand. Unknown ids are runs that ended meanwhile. */
  resume(timer: string, at: Timestamp, isByHand: boolean): void {
    const { run: id, thread: number } = parseTimerId(timer);
    const run = this.#waiting.get(id);
    const thread = run?.find(number);
    if (run === undefined || thread?.wait === undefined) return;
    const { wait } = thread;
    const held = firstHeld(wait);
    const isHeld = held !== undefined && (isByHand || wait.due === undefined || held.due <= wait.due);
    const due = (isHeld ? held.due : wait.due) ?? at;
    const lateMs = at - due;
    if (isHeld && !isByHand && !this.#isOver(held, { run, thread, wait }, at)) return;
    const isOverdue = this.#overdue.delete(timer) && lateMs > lateAfterMs && !isByHand;
    if (isOverdue && !this.#mayFire(run, { overdue: wait.overdue, lateMs }, at)) {
      addWaitSteps(run, at, `overdue ${formatDuration(lateMs)}`);
      thread.wait = undefined;
      this.#end(run, 'stopped', 'overdue', at);
      return;
    }
    const waited = formatDuration(due - wait.since);
    const took = isByHand ? 'by hand' : lateMs > lateAfterMs ? `late ${formatDuration(lateMs)}` : waited;
    const unobservedMs = (isHeld && held.unobservedMs) || 0;
    const result = unobservedMs > 0 ? `${took}, ${formatDuration(unobservedMs)} unobserved` : took;
    const event: Event = isHeld
      ? { by: 'watch', index: held.index, wake: wakeOfHeld(held), memory: wait.memory }
      : { by: 'time', memory: wait.memory };
    this.goOn(run, { thread, event, result }, at);
  }

  /** Whether what was held ends the wait; if not, the wait goes on as it is from now on. */
  #isOver(held: HeldWatch, waiting: Waiting, at: Timestamp): boolean {
    const { run, thread } = waiting;
    try {
      const next = afterHeld(held, waiting, at);
      if (next === 'over') return true;
      this.#overdue.delete(timerId(run.id, thread.number));
      this.rewait(run, thread, next);
    } catch (error) {
      this.#breakOff(waiting, error, at);
    }
    return false;
  }

  /** What a branch waits for cannot be decided: the error of its action. */
  #breakOff({ run, thread, wait }: Waiting, error: unknown, at: Timestamp): void {
    const { code, message } = traceErrorOf(error, '');
    this.goOn(run, { thread, event: { by: 'error', code, message, memory: wait.memory } }, at);
  }

  /** What was asked of the outside has an answer; an unknown call is one whose run has ended. */
  answer(call: string, answer: Answer, at: Timestamp): void {
    const run = this.#calls.get(call);
    const thread = run?.threads.find((each) => each.wait?.call === call);
    if (run === undefined || thread === undefined) return;
    const memory = thread.wait?.memory;
    const event: Event = answer.ok
      ? { by: 'answer', value: answer.value, memory }
      : { by: 'error', code: answer.code, message: answer.message, memory };
    this.goOn(run, { thread, event }, at);
  }

  /** A branch goes on with what ended its wait. */
  goOn(run: Run, from: Ready, at: Timestamp): void {
    this.#leave(run, from.thread);
    advance(run, at, { from, effects: this.#house.effectsOf(run) });
    this.#settle(run, at);
  }

  /** The wait of a branch changed without ending: something is held now, or no more. */
  rewait(run: Run, thread: Thread, wait: ThreadWait): void {
    thread.wait = wait;
    this.#keep(run);
  }

  cancel(id: string, at: Timestamp, reason: string): void {
    const run = this.#waiting.get(id);
    if (run !== undefined) this.#end(run, 'cancelled', reason, at);
  }

  cancelAll(rule: string, at: Timestamp, reason: string): void {
    // Newest first: a queued run must not begin because the one before it was cancelled.
    for (const run of this.of(rule).reverse()) this.#end(run, 'cancelled', reason, at);
  }

  /** A run as the last process left it. One that cannot be read or whose version is gone ends as failed, visibly. */
  restore(row: RunRow, options: RestoreOptions): Run | undefined {
    const { rule, home, times } = options;
    const { notBefore } = times;
    const state = this.#house.stateOf(row.rule);
    try {
      if (rule === undefined || state === undefined)
        throw new Error(`version ${row.version} of rule ${row.rule} is gone`);
      const run = unpackRun(row, rule, home);
      heldAgain(run, times);
      this.#waiting.set(run.id, run);
      for (const { number, wait } of run.threads)
        if ((dueOf(wait) ?? notBefore) < notBefore) this.#overdue.add(timerId(run.id, number));
      state.addRun(run);
      this.#timers.arm(run, notBefore);
      this.#await(run);
      return run;
    } catch (error) {
      this.#house.rows.runs.delete(row.id);
      state?.count('failed');
      this.#house.ended(readyTrace(unreadable(row, messageOf(error))), state);
      return undefined;
    }
  }

  /** A timer came due before anybody could be told: its `overdue` policy counts. */
  cameDue(timer: string): void {
    this.#overdue.add(timer);
  }

  /** The wall clock was set: what is left of a wait stays. */
  clockSet(at: Timestamp, stepMs: number): void {
    for (const run of [...this.#waiting.values()]) {
      for (const thread of [...run.threads]) this.#move(run, thread, { at, stepMs });
      if (!run.isQueued && this.#waiting.has(run.id)) this.#keep(run);
    }
  }

  #move(run: Run, thread: Thread, step: { readonly at: Timestamp; readonly stepMs: number }): void {
    const { wait } = thread;
    if (wait === undefined || !run.threads.includes(thread)) return;
    try {
      thread.wait = movedWait(wait, { run, thread }, step);
    } catch (error) {
      this.#breakOff({ run, thread, wait }, error, step.at);
    }
  }

  /** At a start: a queue whose active run could not be put back would wait for ever. */
  startQueues(state: RuleState, at: Timestamp): void {
    for (const key of state.keys()) this.#startQueued(state, key, at);
  }

  #start(run: Run, at: Timestamp): void {
    const [thread] = run.threads;
    if (thread === undefined) return;
    thread.pc = 0;
    advance(run, at, { from: { thread }, effects: this.#house.effectsOf(run) });
    this.#settle(run, at);
  }

  #mayFire(
    run: Run,
    { overdue, lateMs }: { readonly overdue: Overdue | undefined; readonly lateMs: number },
    at: Timestamp,
  ): boolean {
    const policy = overdue ?? run.rule.overdue;
    return policy === 'recheck' ? this.#house.recheck(run, at) : isInTime(policy, lateMs);
  }

  #end(run: Run, status: RunStatus, reason: string, at: Timestamp): void {
    addWaitSteps(run, at, status);
    for (const thread of run.threads) this.#leave(run, thread);
    run.bindings.at = at;
    endRun(run, status, reason, at);
    const [thread] = run.threads;
    if (run.status === 'running' && thread !== undefined)
      advance(run, at, { from: { thread }, effects: this.#house.effectsOf(run) });
    this.#settle(run, at);
  }

  /** After a turn: what waits is kept, what ended leaves and makes room in the queue. */
  #settle(run: Run, at: Timestamp): void {
    if (run.status === 'waiting') {
      this.#keep(run);
      return;
    }
    const state = this.#house.stateOf(run.rule.id);
    this.#forget(run, state);
    state?.count(run.status);
    this.#house.ended(lateTraceOf(run), state, run.wake.depth);
    if (state !== undefined) this.#startQueued(state, run.key, at);
  }

  #keep(run: Run): void {
    run.wake.payload?.detach();
    this.#house.rows.runs.put(packRun(run));
    this.isDurable = true;
    this.#waiting.set(run.id, run);
    this.#house.stateOf(run.rule.id)?.addRun(run);
    this.#timers.arm(run);
    this.#await(run);
    this.#house.changed(lateTraceOf(run));
  }

  /** What the branches wait for beside time. */
  #await(run: Run): void {
    for (const thread of run.threads) {
      if (thread.wait === undefined) continue;
      this.waits.add(run, thread);
      if (thread.wait.call !== undefined) this.#calls.set(thread.wait.call, run);
    }
  }

  /** A branch waits no more. */
  #leave(run: Run, thread: Thread): void {
    this.waits.delete(thread);
    this.#timers.disarm(run, thread);
    this.#overdue.delete(timerId(run.id, thread.number));
    const call = thread.wait?.call;
    if (call === undefined || !this.#calls.delete(call)) return;
    this.#house.rows.calls.delete(call);
  }

  #forget(run: Run, state: RuleState | undefined): void {
    if (this.#waiting.size === 0 || !this.#waiting.delete(run.id)) return;
    this.#timers.forget(run);
    state?.deleteRun(run);
    this.#house.rows.runs.delete(run.id);
    this.isDurable = true;
  }

  /** The oldest of the queue begins when nothing of its key is active; its conditions are looked at again. */
  #startQueued(state: RuleState, key: string, at: Timestamp): void {
    const [next] = state.runsOf(key);
    if (next === undefined || !next.isQueued) return;
    next.reason = undefined;
    if (this.#house.recheck(next, at)) this.#start(next, at);
    else this.#end(next, 'conditions-failed', 'queued', at);
  }
}

function unreadable(row: RunRow, message: string): Trace {
  return {
    id: row.id,
    rule: row.rule,
    version: row.version,
    at: row.due ?? 0,
    status: 'failed',
    reason: 'not-restored',
    trigger: { index: -1, verb: 'restart', at: row.due ?? 0, seq: 0 },
    conditions: [],
    steps: [],
    error: { code: 'not-restored', message },
  };
}
