// The runs of the house: begun, suspended, resumed, ended. Every one that waits is a row; every ending is a trace.
import { formatDuration, type Ids, messageOf, type Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { EngineRows, RunRow } from '../ports.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { RunStatus, Trace } from '../trace/trace.ts';
import type { Admitted } from './admission.ts';
import { addWaitStep, advance, type Effects, endRun } from './advance.ts';
import type { DueItem } from './due-item.ts';
import type { RuleState } from './rule-state.ts';
import { packRun, Run, traceOf, unpackRun } from './run.ts';

export interface RunsHouse {
  readonly rows: EngineRows;
  readonly ids: Ids;
  readonly due: DueHeap<DueItem>;
  readonly effects: Effects;
  stateOf(rule: string): RuleState | undefined;
  recheck(run: Run, at: Timestamp): boolean;
  ended(trace: Trace, state: RuleState | undefined): void;
  changed(trace: Trace): void;
}

export interface RestoreOptions {
  readonly rule: CompiledRule | undefined;
  readonly home: HomeView;
  /** Devices need a moment to come back: what came due meanwhile fires then. */
  readonly notBefore: Timestamp;
}

/** A timer this much past its time is late and says so. */
const lateAfterMs = 1000;

export class Runs {
  /** Set when a row was put or deleted; the engine resets it for each input. */
  isDurable = false;
  readonly #house: RunsHouse;
  readonly #waiting = new Map<string, Run>();
  /** Runs that waited when the last process ended; their `overdue` policy counts. */
  readonly #restored = new Set<string>();

  constructor(house: RunsHouse) {
    this.#house = house;
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

  begin(admitted: Admitted, at: Timestamp, id = this.#house.ids.next()): void {
    const { state, rule, key } = admitted;
    const run = new Run({ ...admitted, id });
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
    advance(run, at, this.#house.effects);
    this.#settle(run, at);
  }

  /** A wait is over: its time has come, or somebody fired it by hand. Unknown ids are runs that ended meanwhile. */
  resume(id: string, at: Timestamp, isByHand: boolean): void {
    const run = this.#waiting.get(id);
    if (run?.waiting === undefined) return;
    this.#house.due.delete(id);
    const lateMs = at - run.waiting.due;
    const isOverdue = this.#restored.delete(id) && lateMs > lateAfterMs && !isByHand;
    if (isOverdue && !this.#mayFire(run, lateMs, at)) {
      addWaitStep(run, at, `overdue ${formatDuration(lateMs)}`);
      this.#end(run, 'stopped', 'overdue', at);
      return;
    }
    const waited = formatDuration(run.waiting.for);
    addWaitStep(
      run,
      at,
      isByHand ? 'by hand' : lateMs > lateAfterMs ? `late ${formatDuration(lateMs)}` : waited,
    );
    advance(run, at, this.#house.effects);
    this.#settle(run, at);
  }

  cancel(id: string, at: Timestamp, reason: string): void {
    const run = this.#waiting.get(id);
    if (run !== undefined) this.#end(run, 'cancelled', reason, at);
  }

  cancelAll(rule: string, at: Timestamp, reason: string): void {
    // Newest first: a queued run must not begin because the one before it was cancelled.
    for (const run of [...this.#waiting.values()].reverse()) {
      if (run.rule.id === rule) this.#end(run, 'cancelled', reason, at);
    }
  }

  /** A run as the last process left it. One that cannot be read or whose version is gone ends as failed, visibly. */
  restore(row: RunRow, options: RestoreOptions): void {
    const { rule, home, notBefore } = options;
    const state = this.#house.stateOf(row.rule);
    try {
      if (rule === undefined || state === undefined)
        throw new Error(`version ${row.version} of rule ${row.rule} is gone`);
      const run = unpackRun(row, rule, home);
      this.#waiting.set(run.id, run);
      this.#restored.add(run.id);
      state.addRun(run);
      if (run.waiting) {
        const { due } = run.waiting;
        const item = { kind: 'run' as const, run: run.id, rule: rule.id };
        this.#house.due.set({ id: run.id, at: Math.max(due, notBefore), meantFor: due, item });
      }
    } catch (error) {
      this.#house.rows.runs.delete(row.id);
      state?.count('failed');
      this.#house.ended(unreadable(row, messageOf(error)), state);
    }
  }

  /** The wall clock was set back by so much: waits end as much earlier by it. */
  setBack(byMs: number): void {
    for (const run of this.#waiting.values()) {
      if (run.waiting === undefined) continue;
      const { due, since, ...rest } = run.waiting;
      run.waiting = { ...rest, due: due - byMs, since: since - byMs };
      this.#keep(run);
    }
  }

  /** At a start: a queue whose active run could not be put back would wait for ever. */
  startQueues(state: RuleState, at: Timestamp): void {
    for (const key of state.keys()) this.#startQueued(state, key, at);
  }

  #mayFire(run: Run, lateMs: number, at: Timestamp): boolean {
    const policy = run.waiting?.overdue ?? run.rule.overdue;
    if (policy === 'fire') return true;
    if (policy === 'skip') return false;
    return policy === 'recheck' ? this.#house.recheck(run, at) : lateMs <= policy.withinMs;
  }

  #end(run: Run, status: RunStatus, reason: string, at: Timestamp): void {
    addWaitStep(run, at, status);
    run.bindings.at = at;
    endRun(run, status, reason, at);
    if (run.status === 'running') advance(run, at, this.#house.effects);
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
    this.#house.ended(traceOf(run), state);
    if (state !== undefined) this.#startQueued(state, run.key, at);
  }

  #keep(run: Run): void {
    const { id, rule, waiting } = run;
    this.#house.rows.runs.put(packRun(run));
    this.isDurable = true;
    this.#waiting.set(id, run);
    this.#house.stateOf(rule.id)?.addRun(run);
    if (waiting) this.#house.due.set({ id, at: waiting.due, item: { kind: 'run', run: id, rule: rule.id } });
    this.#house.changed(traceOf(run));
  }

  #forget(run: Run, state: RuleState | undefined): void {
    if (!this.#waiting.delete(run.id)) return;
    this.#restored.delete(run.id);
    this.#house.due.delete(run.id);
    state?.deleteRun(run);
    this.#house.rows.runs.delete(run.id);
    this.isDurable = true;
  }

  /** The oldest of the queue begins when nothing of its key is active; its conditions are looked at again. */
  #startQueued(state: RuleState, key: string, at: Timestamp): void {
    const [next] = state.runsOf(key);
    if (next === undefined || !next.isQueued) return;
    next.reason = undefined;
    if (this.#house.recheck(next, at)) {
      advance(next, at, this.#house.effects);
      this.#settle(next, at);
    } else this.#end(next, 'conditions-failed', 'queued', at);
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
