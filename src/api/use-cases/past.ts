// Use cases about why things are as they are, or were.
import type { Actor } from '../access/actor.ts';
import type { BacktestEvent, BacktestRequest } from '../contract/backtests.ts';
import type { CausesView } from '../contract/causes.ts';
import type { DryRunRequest, DryRunView } from '../contract/dry-runs.ts';
import type { ExplainRequest, ExplanationView } from '../contract/explanations.ts';
import type { StatesView } from '../contract/history.ts';

/** A topic, with or without a place in its JSON; or a property of a device. */
export interface CausesQuery {
  readonly topic?: string;
  readonly path?: string;
  readonly device?: string;
  readonly property?: string;
  /** `21:04` (the last time that clocks showed it), `-7d`, ISO 8601 or epoch milliseconds; now when absent. */
  readonly at?: string;
}

export interface BacktestsApi {
  /**
   * Tells how far it is, at last the result; given up when nobody takes what it tells, and at once with `gone`. Two go on at a
   * time: others wait their turn at progress 0. Throws `bad-time`, `bad-range`, `rule-missing`, `version-missing`,
   * `rule-invalid`, `id-mismatch`, `too-many-backtests`, `backtest-failed`, and the reason of `gone`.
   */
  run(id: string, request: BacktestRequest, gone?: AbortSignal): AsyncIterable<BacktestEvent>;
}

export interface StatesQuery {
  /** `-2h`, ISO 8601 or epoch milliseconds. */
  readonly at: string;
  readonly filter?: string;
  readonly limit?: number;
}

export interface PastApi {
  /** The latest message of each topic as of a time. Throws `bad-time`, `bad-range`, `bad-filter`. */
  states(query: StatesQuery): Promise<StatesView>;
}

export interface CausesApi {
  /** Throws `bad-time`, `bad-range`, `topic-missing`, `device-missing`, `unknown-property`. */
  of(query: CausesQuery): Promise<CausesView>;
}

/** Questions that a replay answers; nothing of it leaves the house. */
export interface InquiriesApi {
  /** Throws `rule-missing`, `rule-invalid`, `id-mismatch`, `bad-trigger`, `bad-topic`, `bad-time`, `bad-range`, `input-missing`. */
  dryRun(actor: Actor, rule: string, request: DryRunRequest): Promise<DryRunView>;
  /** Throws `rule-missing`, `bad-time`, `bad-range`. */
  explain(rule: string, request: ExplainRequest): Promise<ExplanationView>;
}
