// The shapes of explanations: what became of a rule at some time, and why it did not run. Codes and values; what they say
// in words is the matter of who shows them.
import type { Timestamp } from '../../base/index.ts';
import type { Happening, MissCode, ValueHint } from '../../rules/index.ts';

export type { BlamedClause, FailedCondition, Happening, WokenHappening } from '../../rules/index.ts';

/** A trigger that did not want a message. */
export interface MissView {
  readonly code: MissCode;
  readonly path: string;
  readonly topic: string;
  readonly value?: unknown;
  readonly wanted?: unknown;
  readonly hint?: ValueHint;
}

/** `POST /rules/{id}/explain` */
export interface ExplainRequest {
  /** `21:04` (the last time that clocks showed it), `-2h`, ISO 8601 or epoch milliseconds. */
  readonly at: string;
  /** Up to here, if it is about a stretch of time. */
  readonly to?: string;
  /** So long before and after is looked at: `5m` when absent, at most `6h`. */
  readonly window?: string;
}

/** That holds for a stretch of time, whatever came. */
export type CircumstanceView =
  /** Nothing was ever heard on a topic that it waits for or reads; `nearest`: one that was, perhaps meant. */
  | { readonly code: 'unheard'; readonly path: string; readonly topic: string; readonly nearest?: string }
  /** It was heard before, but not in this time; `lastAt`: as far as is known. */
  | {
      readonly code: 'silent';
      readonly path: string;
      readonly topic: string;
      readonly lastAt?: Timestamp;
      readonly by?: string;
    }
  | {
      readonly code: 'disabled' | 'deleted' | 'suspended';
      readonly from?: Timestamp;
      readonly to?: Timestamp;
      readonly version: number;
    }
  /** Nobody had saved it yet. */
  | { readonly code: 'not-yet'; readonly to?: Timestamp }
  /** `now`: what the present version would have done. */
  | {
      readonly code: 'other-version';
      readonly from?: Timestamp;
      readonly to?: Timestamp;
      readonly version: number;
      readonly present: number;
      readonly now?: Happening['code'];
    }
  /** The house did not run, or its journal has a hole: `reason` is that of the gap. */
  | {
      readonly code: 'house-down' | 'gap';
      readonly from: Timestamp;
      readonly to: Timestamp;
      readonly reason?: string;
    }
  /** A client was not allowed to publish on one of its topics. */
  | {
      readonly code: 'denied';
      readonly at: Timestamp;
      readonly client: string;
      readonly topic: string;
      readonly reason: string;
      readonly count: number;
    }
  /** A client that speaks on one of its topics was away. */
  | {
      readonly code: 'client-away';
      readonly client: string;
      readonly topic: string;
      readonly from: Timestamp;
    };

/** A run of it that is on record. */
export interface ExplainedRunView {
  readonly id: string;
  readonly at: Timestamp;
  readonly status: string;
}

export type ExplanationEntry = Happening | CircumstanceView;

/** Its answer. */
export interface ExplanationView {
  readonly rule: string;
  readonly at: Timestamp;
  readonly from: Timestamp;
  readonly to: Timestamp;
  /** The likeliest answer first: what holds at that time or is nearest to it. */
  readonly entries: readonly ExplanationEntry[];
  readonly runs: readonly ExplainedRunView[];
  /** Why the replay may not be what was. */
  readonly incomplete: readonly string[];
}
