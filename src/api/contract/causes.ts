// The shapes about what led to a value: a chain of links, the value first, the outside last.
import type { Timestamp } from '../../base/index.ts';
import type { GapView } from './history.ts';

/**
 * `message`: it was published. `report`: likewise, and it says what the command behind it asked for. `run`: of a rule.
 * `hold`: what a trigger saw had held long enough. `command`: a rule was run by hand or by another rule. `event`,
 * `device`, `client`, `rule`, `webhook`: what wakes rules and is no message.
 */
export type CauseKind =
  | 'message'
  | 'report'
  | 'run'
  | 'hold'
  | 'command'
  | 'event'
  | 'device'
  | 'client'
  | 'rule'
  | 'webhook';

/** What led to the link before it. */
export interface CauseView {
  readonly kind: CauseKind;
  readonly at: Timestamp;
  /** Its number in the journal. */
  readonly seq?: number;
  /** Of a message: client, rule, bridge, flow or api. */
  readonly origin?: string;
  /** Client, rule, person or program. */
  readonly by?: string;
  readonly topic?: string;
  readonly value?: unknown;
  /** Of an event, a device, a client, a rule, a webhook. */
  readonly name?: string;
  /** Of a run. */
  readonly run?: string;
  readonly rule?: string;
  readonly version?: number;
  /** Of a run: the trigger that woke it. */
  readonly trigger?: { readonly index: number; readonly verb: string; readonly id?: string };
  /** Of a run: the action that did it. */
  readonly path?: string;
}

/**
 * Where the chain ends. `time`: a schedule, or the clock in a condition. `house`: its start, or what it noticed itself.
 * `unknown`: see `reason`.
 */
export interface CauseEndView {
  readonly kind:
    | 'client'
    | 'person'
    | 'bridge'
    | 'plugin'
    | 'flow'
    | 'webhook'
    | 'time'
    | 'house'
    | 'unknown';
  readonly by?: string;
  /** `not-recorded`: the journal does not have it (any more). `run-forgotten`: nor the trace of the run. `too-long`. */
  readonly reason?: 'not-recorded' | 'run-forgotten' | 'too-long';
}

/** `GET /causes` */
export interface CausesView {
  /** The instant that was asked about. */
  readonly at: Timestamp;
  /** What the topic, the place in it or the property was then. */
  readonly value?: unknown;
  /** Since when, as far as the journal goes back. */
  readonly since?: Timestamp;
  readonly links: readonly CauseView[];
  readonly end: CauseEndView;
  /** What the journal is missing in that time. */
  readonly gaps: readonly GapView[];
}
