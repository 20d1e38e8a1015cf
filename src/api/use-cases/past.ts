// Use cases about why things are as they are, or were.
import type { CausesView } from '../contract/causes.ts';

/** A topic, with or without a place in its JSON; or a property of a device. */
export interface CausesQuery {
  readonly topic?: string;
  readonly path?: string;
  readonly device?: string;
  readonly property?: string;
  /** `21:04` (the last time that clocks showed it), `-7d`, ISO 8601 or epoch milliseconds; now when absent. */
  readonly at?: string;
}

export interface CausesApi {
  /** Throws `bad-time`, `topic-missing`, `device-missing`, `unknown-property`. */
  of(query: CausesQuery): Promise<CausesView>;
}
