// The shapes of dry runs: a draft is woken in a copy of the house, and nothing leaves it.
import type { Timestamp } from '../../base/index.ts';
import type { TraceEffect } from '../../rules/index.ts';
import type { MissView } from './explanations.ts';
import type { ProblemView } from './general.ts';
import type { RunSummary, RunView } from './rules.ts';

/** One of these wakes the draft; without any it is run by hand. */
export interface DryTriggerRequest {
  /** A trigger of the draft: a time comes, or the latest message of its topic comes again. */
  readonly index?: number;
  readonly message?: {
    readonly topic: string;
    readonly payload: unknown;
    readonly retain?: boolean;
    readonly qos?: 0 | 1 | 2;
    readonly origin?: 'client' | 'rule' | 'bridge' | 'flow' | 'api';
    readonly by?: string;
  };
  /** The number of an input in the journal; it happens again, in the state that it found. */
  readonly input?: number;
  /** What is no message. */
  readonly signal?: {
    readonly kind: 'client' | 'device' | 'event' | 'rule' | 'webhook';
    readonly name: string;
    readonly value?: unknown;
    readonly data?: unknown;
  };
  /** Of a run by hand. */
  readonly payload?: unknown;
}

/** `POST /rules/{id}/dry-run` */
export interface DryRunRequest {
  /** The draft; the version in force when absent. */
  readonly source?: string;
  readonly trigger?: DryTriggerRequest;
  /** The house as it was then: `21:04`, `-2h`, ISO 8601 or epoch milliseconds. */
  readonly at?: string;
  /** So far time goes on, for all its triggers. Absent: until nothing of it waits any more, and no schedule wakes it. */
  readonly advance?: string;
  readonly skipConditions?: boolean;
  /** Topics with another value than they have. */
  readonly state?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What `http`, `plugin`, `flow`, `notify` answer; a call without one fails as `unknown-answer`. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

export interface WouldBeView extends TraceEffect {
  readonly at: Timestamp;
  readonly rule: string;
  readonly run: string;
  readonly path: string;
}

/** Its answer. */
export interface DryRunView {
  /** The instant that the copy was made of. */
  readonly at: Timestamp;
  /** Of the first run; `not-woken`: see `misses`; `held`: a trigger still holds. */
  readonly outcome: RunView['status'] | 'not-woken' | 'held';
  readonly reason?: string;
  /** What would happen, in order of time. */
  readonly effects: readonly WouldBeView[];
  readonly runs: readonly RunView[];
  /**
   * The oldest 20 runs of the rule that wait at present and have the key of one of `runs`, which mode and limit looked
   * at; as they stand at `until`: still `waiting`, `superseded`, or over by themselves. None against the past.
   */
  readonly met: readonly RunSummary[];
  /** Why triggers of the draft were not met. */
  readonly misses: readonly MissView[];
  readonly holds: readonly { readonly about: string; readonly due: Timestamp }[];
  /** The virtual time at its end. */
  readonly until: Timestamp;
  /** It would go on for longer than is looked at. */
  readonly isCut: boolean;
  /** Of the draft. */
  readonly problems: readonly ProblemView[];
  /** Why the state may not be what it was: see the journal's gaps. */
  readonly incomplete: readonly string[];
}
