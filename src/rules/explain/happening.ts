// What became of a rule at some instant, as data: codes and values, never sentences.
import type { Timestamp } from '../../base/index.ts';
import type { DecidingClause } from '../../expression/index.ts';
import type { RunStatus, TraceError } from '../trace/trace.ts';
import type { Miss } from './misses.ts';
import type { ValueHint } from './value-hint.ts';

/** A comparison that kept a rule from running. */
export interface BlamedClause extends DecidingClause {
  readonly hint?: ValueHint;
}

/** A condition that failed, with its values; or the error that it gave. */
export interface FailedCondition {
  readonly where: string;
  readonly clauses?: readonly BlamedClause[];
  readonly error?: TraceError;
}

/** Woken: it ran, or why not. */
export interface WokenHappening {
  /** `condition`: one failed. `refused`: see `reason`. `unconfirmed`: it ran, and a device did not do what it was told. */
  readonly code: 'ran' | 'condition' | 'refused' | 'failed' | 'unconfirmed';
  readonly at: Timestamp;
  readonly status: RunStatus;
  readonly version: number;
  /** The trigger. */
  readonly path: string;
  readonly topic?: string;
  readonly payload?: unknown;
  /** `single`, `max`, `limit`, `breaker`, `overdue`, `missed`; of a run the text of `stop`. */
  readonly reason?: string;
  /** Of `condition`: which, and its values; of `unconfirmed` the action. */
  readonly where?: string;
  readonly clauses?: readonly BlamedClause[];
  /** The conditions behind it that would have failed, too. */
  readonly others?: readonly FailedCondition[];
  readonly error?: TraceError;
}

/** A message on one of its topics that no trigger wanted. */
export interface MissedHappening extends Omit<Miss, 'code'> {
  readonly code: 'missed';
  readonly at: Timestamp;
  readonly why: Miss['code'];
}

/** What a trigger held: let go by a message, or still under way. */
export interface HoldHappening {
  readonly code: 'hold-reset' | 'holding';
  readonly at: Timestamp;
  /** What was held: a topic, a name; empty for a condition. */
  readonly about: string;
  readonly since: Timestamp;
  readonly due: Timestamp;
  /** What let it go. */
  readonly topic?: string;
  readonly value?: unknown;
}

/** What a trigger waits to become true, looked at in the instant in question: it was not, or had been so before. */
export interface TruthHappening {
  readonly code: 'not-true' | 'already-true';
  readonly at: Timestamp;
  /** Of the trigger. */
  readonly path: string;
  readonly clauses?: readonly BlamedClause[];
}

/** A trigger by the clock for which it was not time in the instant in question. */
export interface NotDueHappening {
  readonly code: 'not-due';
  readonly at: Timestamp;
  /** Of the trigger. */
  readonly path: string;
  /** When it was to be time next, as it looked then; undefined: never. */
  readonly due?: Timestamp;
}

export type Happening = WokenHappening | MissedHappening | HoldHappening | TruthHappening | NotDueHappening;
