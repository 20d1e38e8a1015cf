// Whatever can change a decision is an Input: numbered, journalled and replayable.
import type { Timestamp } from '../base/index.ts';

export type InputOrigin = 'client' | 'rule' | 'bridge' | 'flow' | 'api';

/** A message that the broker accepted, or that a rule published. */
export interface MessageInput {
  readonly kind: 'message';
  readonly seq: number;
  readonly at: Timestamp;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: InputOrigin;
  /** Client id or rule id. */
  readonly by: string;
  /** How many rules stand between this message and the outside; 0 for a device's own. */
  readonly depth: number;
  /** The run that published it. */
  readonly cause?: string;
  /** True for what comes out of a store (a bridge's retained burst, a replay): wakes only who asks for it. */
  readonly stored?: boolean;
  readonly userProperties?: Readonly<Record<string, string | readonly string[]>>;
}

/** A timer of the engine came due: a suspended run goes on. */
export interface TimerInput {
  readonly kind: 'timer';
  readonly seq: number;
  readonly at: Timestamp;
  readonly run: string;
  /** Fired by hand before its time. */
  readonly byHand?: boolean;
}

/** A schedule of a trigger came due. */
export interface ScheduleInput {
  readonly kind: 'schedule';
  readonly seq: number;
  readonly at: Timestamp;
  readonly rule: string;
  readonly trigger: number;
  /** When it was meant to fire. */
  readonly due: Timestamp;
}

/** An MQTT client connected or disconnected. */
export interface ClientInput {
  readonly kind: 'client';
  readonly seq: number;
  readonly at: Timestamp;
  readonly client: string;
  readonly change: 'connected' | 'disconnected';
  readonly facts: ClientFacts;
}

/** What a rule may know of a client that came or went. */
export interface ClientFacts {
  /** Absent for an anonymous client. */
  readonly user?: string;
  /** Empty on a unix socket. */
  readonly address: string;
  /** The kind of listener that it came through. */
  readonly listener: string;
  readonly protocol: string;
  /** Why it disconnected. */
  readonly reason?: string;
}

/** The engine is ready, or about to stop. */
export interface LifecycleInput {
  readonly kind: 'startup' | 'shutdown';
  readonly seq: number;
  readonly at: Timestamp;
}

/** A person or program asks for something. */
export interface CommandInput {
  readonly kind: 'command';
  readonly seq: number;
  readonly at: Timestamp;
  readonly command:
    | {
        readonly do: 'run';
        readonly rule: string;
        readonly run: string;
        readonly payload: unknown;
        readonly skipConditions: boolean;
      }
    | { readonly do: 'cancel'; readonly run: string };
  readonly by: string;
}

/** A rule was saved, deleted, switched on or off. */
export interface RuleInput {
  readonly kind: 'rule';
  readonly seq: number;
  readonly at: Timestamp;
  readonly rule: string;
  readonly version: number;
  readonly change: 'saved' | 'deleted' | 'enabled' | 'disabled';
  /** Whether it is switched on after the change. */
  readonly enabled: boolean;
  readonly by: string;
}

export type Input =
  | MessageInput
  | TimerInput
  | ScheduleInput
  | ClientInput
  | LifecycleInput
  | CommandInput
  | RuleInput;

/** An input before it is numbered. */
export type Unnumbered<I extends Input = Input> = I extends Input ? Omit<I, 'seq'> : never;
