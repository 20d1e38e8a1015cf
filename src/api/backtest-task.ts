// What a backtest is asked for, as plain data: it is done elsewhere.
import type { Timestamp } from '../base/index.ts';
import type { BacktestResult } from '../rules/index.ts';

/** A version of a rule, or a draft. */
export interface RuleText {
  readonly id: string;
  /** 0: a draft. */
  readonly version: number;
  readonly source: string;
}

/** What the expressions of a rule ask of the time before. */
export interface AskedPast {
  readonly topic: string;
  readonly path: string;
  readonly keepMs: number;
}

export interface BacktestTask {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly windowMs: number;
  readonly rule: RuleText;
  readonly against?: RuleText | 'off';
  /** The other rules that are switched on. */
  readonly others: readonly RuleText[];
  readonly past: readonly AskedPast[];
}

export interface BacktestPort {
  /**
   * `progress` hears of the share that is done, 0 to 1. Throws `too-many-backtests`, `backtest-failed`, and the reason of
   * `signal`.
   */
  run(
    task: BacktestTask,
    how: { readonly signal: AbortSignal; progress(share: number): void },
  ): Promise<BacktestResult>;
}
