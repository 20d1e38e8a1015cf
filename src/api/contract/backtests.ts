// The shapes of backtests: what a rule would have done over what the house recorded.
import type { BacktestResult } from '../../rules/index.ts';

export type {
  Agreement as AgreementView,
  BacktestDifference as BacktestDifferenceView,
  BacktestEffect as BacktestEffectView,
  BacktestFiring as BacktestFiringView,
  ByHand as ByHandView,
  Incomplete as IncompleteView,
} from '../../rules/index.ts';

/** `POST /rules/{id}/backtest` */
export interface BacktestRequest {
  /** A draft, YAML or JSON. Without it and `version`: the version in force. */
  readonly source?: string;
  readonly version?: number;
  /** What it is held against: the version in force, an older one, or the house without the rule. */
  readonly against?: 'current' | 'off' | number;
  /** `-7d`, ISO 8601 or epoch milliseconds. */
  readonly from: string;
  /** Now when absent. */
  readonly to?: string;
  /** A duration: how near an effect must be to what was done by hand. Five minutes when absent. */
  readonly window?: string;
}

export interface BacktestView extends BacktestResult {
  readonly rule: string;
  /** 0: a draft. */
  readonly version: number;
  readonly against?: 'off' | number;
}

/** A line of the stream over HTTP; the last one holds the result, or `{ error: { code, detail } }`. */
export type BacktestEvent = { readonly progress: number } | { readonly result: BacktestView };
