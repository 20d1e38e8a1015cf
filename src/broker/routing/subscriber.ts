// How a client wants messages of a topic, and what the router knows of a client: nothing more than this.
import type { Publication } from '../writer/publication.ts';

export type Qos = 0 | 1 | 2;

/** What all subscriptions of one client that match a topic come to. */
export interface Terms {
  readonly qos: Qos;
  /** Whether the retain flag stays as it was published. */
  readonly keepsRetain: boolean;
  /** Subscription identifiers of all of them; usually empty. */
  readonly identifiers: readonly number[];
}

/** Takes back what a client leaves behind unacknowledged; see `ShareGroup`. */
export type Reclaim = (publication: Publication) => void;

export interface Subscriber {
  /** Client id. */
  readonly id: string;
  /** Whether its session outlives the connection, so that the persistence queues for it. */
  readonly isPersistent: boolean;
  /** Whether the access rules let it have messages of this topic. */
  mayReceive(topic: string): boolean;
  /** It is not to have this message; its session may hold it already. */
  decline(publication: Publication): void;
  /** False when whoever publishes should wait for `hold`. */
  deliver(publication: Publication, terms: Terms, reclaim?: Reclaim): boolean;
  /** Calls back when there is room again, or when the subscriber has been waited for long enough. */
  hold(done: () => void): void;
}
