// A message for one client that could not be sent at once, or is not acknowledged yet.
import type { Reclaim } from '../routing/subscriber.ts';
import type { Publication } from './publication.ts';

export interface Delivery {
  readonly publication: Publication;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly identifiers: readonly number[];
  /** Given already when aedes read it back from the session. */
  readonly messageId?: number;
  /** Sent before, on an earlier connection. */
  readonly isRepeated?: boolean;
  /** Takes it back when the client goes away without having acknowledged it. */
  readonly reclaim?: Reclaim | undefined;
}
