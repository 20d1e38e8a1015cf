// What a decision wants to happen outside the engine.
import type { Timestamp } from '../base/index.ts';

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

export type Effect = PublishEffect | CallEffect;
