// The latest message of one topic, in RAM. Written only by TopicStates.
import type { Timestamp } from '../base/index.ts';
import type { Payload } from './payload.ts';

export interface TopicState {
  readonly topic: string;
  readonly payload: Payload;
  /** Length of the whole payload; larger than `payload.bytes.length` when it was too big to keep. */
  readonly bytes: number;
  /** Of a payload too big to keep. */
  readonly digest: string | undefined;
  readonly at: Timestamp;
  readonly changedAt: Timestamp;
  /** What was there before the last change. */
  readonly previous: Payload | undefined;
  /** When what is at each watched path last changed; undefined when no path is watched. */
  readonly pathChanges: Readonly<Record<string, Timestamp>> | undefined;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** client, rule, api, bridge or flow. */
  readonly origin: string;
  readonly by: string;
  /** Messages since the start of the process. */
  readonly messages: number;
}
