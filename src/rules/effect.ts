// What a decision wants to happen outside the engine.
import type { Timestamp } from '../base/index.ts';

/** A message to publish. Other rules have it already; subscribers get it after the commit. */
export interface PublishEffect {
  readonly kind: 'publish';
  readonly id: string;
  readonly rule: string;
  readonly run: string;
  readonly at: Timestamp;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

export type Effect = PublishEffect;
