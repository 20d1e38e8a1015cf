// Gathers the runs of some rules in a replay: what woke each, what it did, how it ended.
import type { Timestamp } from '../../base/index.ts';
import type { LateTrace, Outcome, Trace, TraceStep, TraceTrigger } from '../trace/trace.ts';
import type { BacktestEffect, BacktestFiring, BacktestTrigger } from './result.ts';

/** Beyond so many runs are counted and not looked at. */
const mostRead = 200_000;

/** They are no runs. */
const noRuns: ReadonlySet<string> = new Set(['conditions-failed', 'refused']);

interface Kept {
  readonly seq: number;
  readonly firing: BacktestFiring;
}

export class Firings {
  readonly #rules: ReadonlySet<string>;
  readonly #kept: Kept[] = [];
  #from: Timestamp = Number.POSITIVE_INFINITY;
  #fired = 0;
  #unknown = 0;

  constructor(rules: ReadonlySet<string>) {
    this.#rules = rules;
  }

  /** What begins from here on counts. */
  begin(from: Timestamp): void {
    this.#from = from;
  }

  get fired(): number {
    return this.#fired;
  }

  /** Whether all runs were looked at. */
  get isWhole(): boolean {
    return this.#fired <= mostRead;
  }

  /** Runs that asked the outside what nobody knows the answer of. */
  get unknownAnswers(): number {
    return this.#unknown;
  }

  trace(late: LateTrace): void {
    const { rule, status, at } = late.head;
    if (at < this.#from || noRuns.has(status) || !this.#rules.has(rule)) return;
    this.#take(late);
  }

  /** A run that still waits at the end. */
  waiting(late: LateTrace): void {
    if (late.head.at >= this.#from && this.#rules.has(late.head.rule)) this.#take(late);
  }

  /** In the order in which they began. */
  list(): readonly BacktestFiring[] {
    return this.#kept.sort((a, b) => a.firing.at - b.firing.at || a.seq - b.seq).map(({ firing }) => firing);
  }

  #take(late: LateTrace): void {
    if (++this.#fired > mostRead) return;
    const trace = late.read();
    if (asksUnknown(trace)) this.#unknown++;
    this.#kept.push({ seq: trace.trigger.seq, firing: firingOf(trace) });
  }
}

const unknownAnswer = 'unknown-answer';

function asksUnknown({ error, steps }: Trace): boolean {
  return error?.code === unknownAnswer || steps.some((step) => step.error?.code === unknownAnswer);
}

export function firingOf(trace: Trace): BacktestFiring {
  const { at, rule, status, reason, key, endedAt, error } = trace;
  return {
    at,
    rule,
    trigger: triggerOf(trace.trigger),
    outcome: outcomeOf(status),
    ...(reason !== undefined && { reason }),
    ...(key !== undefined && { key }),
    ...(endedAt !== undefined && { endedAt }),
    effects: trace.steps.flatMap(effectsOf),
    ...(error !== undefined && { error }),
  };
}

function outcomeOf(status: Trace['status']): Outcome | 'waiting' {
  return status === 'running' ? 'waiting' : status;
}

function triggerOf(trigger: TraceTrigger): BacktestTrigger {
  const { verb, index, id, topic, payload, value, device, params, origin, by } = trigger;
  return {
    verb,
    index,
    ...(id !== undefined && { id }),
    ...(topic !== undefined && { topic }),
    ...(payload !== undefined && { payload }),
    ...(value !== undefined && { value }),
    ...(device !== undefined && { device }),
    ...(params !== undefined && { params }),
    ...(origin !== undefined && { origin }),
    ...(by !== undefined && { by }),
  };
}

function effectsOf({ at, effects = [] }: TraceStep): readonly BacktestEffect[] {
  return effects.map(({ id: _id, ...effect }) => ({ at, ...effect }));
}
