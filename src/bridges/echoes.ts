// What we sent and will hear again from a remote that knows no "no local" (MQTT 3.1.1): each is left out once.
import { createHash } from 'node:crypto';
import type { Clock, Timestamp } from '../base/index.ts';

/** Bounded; the oldest is forgotten first, and then heard as if it were somebody else's. */
const mostExpected = 20_000;
const patienceMs = 5 * 60_000;

interface Expected {
  count: number;
  until: Timestamp;
}

const keyOf = (topic: string, payload: Uint8Array): string =>
  createHash('sha1').update(topic).update('\0').update(payload).digest('base64');

export class Echoes {
  readonly #clock: Clock;
  readonly #expected = new Map<string, Expected>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  expect(topic: string, payload: Uint8Array): void {
    const key = keyOf(topic, payload);
    const until = this.#clock.monotonic() + patienceMs;
    const known = this.#expected.get(key);
    this.#expected.delete(key);
    this.#expected.set(key, { count: (known?.count ?? 0) + 1, until });
    const [oldest] = this.#expected.keys();
    if (this.#expected.size > mostExpected && oldest !== undefined) this.#expected.delete(oldest);
  }

  /** Whether this is one that was expected; it is not any more. */
  take(topic: string, payload: Uint8Array): boolean {
    const key = keyOf(topic, payload);
    const known = this.#expected.get(key);
    if (known === undefined) return false;
    known.count--;
    const isInTime = known.until >= this.#clock.monotonic();
    if (known.count === 0 || !isInTime) this.#expected.delete(key);
    return isInTime;
  }
}
