// The latest message of one topic, in RAM. Written only by TopicStates.
import type { Payload } from './payload.ts';
import type { StateRow } from './ports.ts';

export interface TopicState extends StateRow {
  readonly payload: Payload;
  readonly previous: Payload | undefined;
  /** Of a payload too big to keep. */
  readonly digest: string | undefined;
  /** Messages since the start of the process. */
  readonly messages: number;
  /** Rules and flows that led to it, and the run among them; forgotten with the process. */
  readonly depth: number;
  readonly cause: string | undefined;
}
