// What a backtest gives. Plain JSON; but for `seconds` the same record gives the same to the last byte.
import type { Timestamp } from '../../base/index.ts';
import type { Outcome, TraceError } from '../trace/trace.ts';

export interface BacktestTrigger {
  readonly verb: string;
  readonly index: number;
  readonly id?: string;
  readonly topic?: string;
  readonly payload?: unknown;
  readonly value?: unknown;
  readonly device?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly origin?: string;
  readonly by?: string;
}

export interface BacktestEffect {
  readonly at: Timestamp;
  readonly kind: 'publish' | 'log' | 'emit' | 'variable' | 'command' | 'call';
  readonly topic?: string;
  readonly name?: string;
  readonly payload?: unknown;
  readonly text?: string;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
  readonly refused?: string;
}

/** A run that would have been. */
export interface BacktestFiring {
  readonly at: Timestamp;
  readonly rule: string;
  readonly trigger: BacktestTrigger;
  /** `waiting`: it still was at the end of the time. */
  readonly outcome: Outcome | 'waiting';
  readonly reason?: string;
  readonly key?: string;
  readonly endedAt?: Timestamp;
  readonly effects: readonly BacktestEffect[];
  readonly error?: TraceError;
}

/** Something that a person or program did on a topic of the rule. */
export interface ByHand {
  readonly at: Timestamp;
  readonly topic: string;
  readonly payload: unknown;
  readonly origin: string;
  readonly by: string;
  /**
   * `matched`: the rule would have done the same about then. `contradicted`: shortly before, it would have done
   * otherwise. `missed`: it would have done nothing.
   */
  readonly verdict: 'matched' | 'contradicted' | 'missed';
  /** Of the effect that it is about. */
  readonly effectAt?: Timestamp;
}

export interface Agreement {
  readonly windowMs: number;
  readonly matched: number;
  readonly contradicted: number;
  readonly missed: number;
  /** Oldest first, the first thousand. */
  readonly byHand: readonly ByHand[];
}

/** Why a result may not be what would have been. */
export interface Incomplete {
  readonly reason: string;
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly filter?: string;
  readonly count?: number | null;
}

export interface BacktestDifference {
  /** How many there are; of the lists below the first are given. */
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number };
  /** Only what is tested does them. */
  readonly added: readonly BacktestFiring[];
  /** Only what it is held against does them. */
  readonly removed: readonly BacktestFiring[];
  /** Both, with other effects or another end: as it was, and as it is with what is tested. */
  readonly changed: readonly { readonly before: BacktestFiring; readonly after: BacktestFiring }[];
}

export interface BacktestResult {
  readonly from: Timestamp;
  readonly to: Timestamp;
  /** Messages of the time. */
  readonly messages: number;
  /** How often the rule ran; `firings` holds the first of them. */
  readonly fired: number;
  readonly firings: readonly BacktestFiring[];
  readonly effects: number;
  /** How often it was woken, by what came of it. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly difference?: BacktestDifference;
  readonly agreement: Agreement;
  readonly incomplete: readonly Incomplete[];
  readonly seconds: number;
}
