// What a decision wants to happen outside the engine.
import type { Timestamp } from '../base/index.ts';
import type { CommandedWish } from '../expression/index.ts';

/** A message to publish. Other rules have it already; subscribers get it after the commit. */
export interface PublishEffect {
  readonly kind: 'publish';
  readonly id: string;
  /** Empty when a person's command made it. */
  readonly rule: string;
  readonly run: string;
  readonly at: Timestamp;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** Seconds until it is worthless. */
  readonly expiry?: number;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Work outside that a run waits for; begun after the commit of the wait. */
export interface CallEffect {
  readonly kind: 'call';
  readonly id: string;
  readonly rule: string;
  readonly run: string;
  readonly at: Timestamp;
  /** Rules and flows that led to it, the one that calls among them. */
  readonly depth: number;
  readonly service: string;
  /** Plain JSON. */
  readonly request: unknown;
  readonly isIdempotent: boolean;
  /** The request holds a secret. */
  readonly isSecret: boolean;
}

/** What a shadow rule would have done; nobody does it. */
export interface ShadowEffect {
  readonly kind: 'shadow';
  readonly id: string;
  readonly rule: string;
  readonly version: number;
  readonly run: string;
  readonly at: Timestamp;
  readonly what: 'publish' | 'emit' | 'variable' | 'command' | 'call';
  /** Topic, event, variable, rule or service. */
  readonly target: string;
  /** Plain JSON; secrets in it are hidden. */
  readonly value: unknown;
  /** Of a message that commands a device. */
  readonly wish?: CommandedWish;
}

export type Effect = PublishEffect | CallEffect | ShadowEffect;
