// What the engine keeps about one rule while the house runs: active runs by key, limits, counters, trace budget.
import type { Timestamp } from '../../base/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { RunStatus, TraceHead } from '../trace/trace.ts';
import type { Trigger } from '../triggers/kind.ts';
import type { Breaker } from './breaker.ts';
import type { Run } from './run.ts';

/** Full traces (with the values of every sub-expression) for one rule in one second; beyond they are thin. */
const recordedPerSecond = 20;
const maxLimitKeys = 10_000;

/** In what order rules hear of one input: by priority, then id. */
export function inOrder({ rule: a }: RuleState, { rule: b }: RuleState): number {
  return b.priority - a.priority || (a.id < b.id ? -1 : 1);
}

/** When runs of each key began, as far as `limit` counts them. */
export type Starts = ReadonlyMap<string, readonly Timestamp[]>;

export class RuleState {
  rule: CompiledRule;
  enabled: boolean;
  /** Those of the rule, or what its `each` gives as the house is now. */
  triggers: readonly Trigger[];
  /** A new one with every save and switch, so that either closes it. */
  breaker: Breaker;
  readonly counters: Partial<Record<RunStatus, number>> = {};
  /** The latest that happened. */
  last: TraceHead | undefined;
  readonly #runs = new Map<string, Run[]>();
  readonly #starts = new Map<string, readonly Timestamp[]>();
  readonly #lastNonRun = new Map<RunStatus, Timestamp>();
  /** The one of `conditions-failed` again, for it is asked for most often. */
  #lastFailed: Timestamp = Number.NEGATIVE_INFINITY;
  #recordedFrom: Timestamp = Number.NEGATIVE_INFINITY;
  #recorded = 0;

  constructor(rule: CompiledRule, enabled: boolean, breaker: Breaker) {
    this.rule = rule;
    this.triggers = rule.triggers;
    this.enabled = enabled;
    this.breaker = breaker;
  }

  /** Runs of one key that wait or stand in the queue, oldest first. */
  runsOf(key: string): readonly Run[] {
    return this.#runs.get(key) ?? [];
  }

  /** Of the runs that wait or stand in the queue. */
  keys(): string[] {
    return [...this.#runs.keys()];
  }

  get activeCount(): number {
    let count = 0;
    for (const runs of this.#runs.values()) count += runs.length;
    return count;
  }

  addRun(run: Run): void {
    const runs = this.#runs.get(run.key);
    if (runs === undefined) this.#runs.set(run.key, [run]);
    else if (!runs.includes(run)) runs.push(run);
  }

  deleteRun(run: Run): void {
    const left = this.runsOf(run.key).filter((other) => other !== run);
    if (left.length === 0) this.#runs.delete(run.key);
    else this.#runs.set(run.key, left);
  }

  count(status: RunStatus): void {
    this.counters[status] = (this.counters[status] ?? 0) + 1;
  }

  /** Whether one more run of this key is within `limit`. */
  isWithinLimit(key: string, at: Timestamp): boolean {
    const { limit } = this.rule;
    return limit === undefined || this.#recentStarts(key, at, limit.inMs).length < limit.runs;
  }

  /** Counts a run for `limit`. */
  countStart(key: string, at: Timestamp): void {
    const { limit } = this.rule;
    if (limit === undefined) return;
    const starts = [...this.#recentStarts(key, at, limit.inMs), at];
    this.#starts.delete(key);
    this.#starts.set(key, starts);
    if (this.#starts.size <= maxLimitKeys) return;
    const [oldest] = this.#starts.keys();
    if (oldest !== undefined) this.#starts.delete(oldest);
  }

  get starts(): Starts {
    return this.#starts;
  }

  /** `limit` counts what began in another engine, too. */
  takeOver(starts: Starts): void {
    for (const [key, at] of starts) this.#starts.set(key, at);
  }

  /** After the clock was set back, what seems to lie ahead counts no more. */
  #recentStarts(key: string, at: Timestamp, inMs: number): readonly Timestamp[] {
    return (this.#starts.get(key) ?? []).filter((start) => start > at - inMs && start <= at);
  }

  /** Whether this run may record the values of sub-expressions. */
  takeRecording(at: Timestamp): boolean {
    if (at - this.#recordedFrom >= 1000 || at < this.#recordedFrom) {
      this.#recordedFrom = at;
      this.#recorded = 0;
    }
    return this.#recorded++ < recordedPerSecond;
  }

  /** Whether a wake-up that became no run may leave a trace: once per second and outcome. */
  takeNonRunTrace(status: RunStatus, at: Timestamp): boolean {
    const last = this.#lastNonRun.get(status);
    if (last !== undefined && isWithinSecond(last, at)) return false;
    this.#lastNonRun.set(status, at);
    if (status === 'conditions-failed') this.#lastFailed = at;
    return true;
  }

  /** Counts a wake-up whose conditions are known to fail; false when it is to leave a trace, or the breaker decides. */
  // hot: test/bench/engine.ts
  countFailed(at: Timestamp): boolean {
    if (!isWithinSecond(this.#lastFailed, at) || this.breaker.stateAt(at) === 'open') return false;
    this.count('conditions-failed');
    return true;
  }
}

/** Not before it either: the clock was set back then. */
function isWithinSecond(last: Timestamp, at: Timestamp): boolean {
  return at - last < 1000 && at >= last;
}
