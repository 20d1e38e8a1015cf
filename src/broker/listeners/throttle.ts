// Lets one of a kind through per minute and key, so that a noisy peer cannot fill the log.
import type { Clock } from '../../base/index.ts';

const periodMs = 60_000;
const maxKeys = 1000;

export class Throttle {
  readonly #clock: Clock;
  readonly #last = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this key was quiet for a minute. Past a thousand keys the oldest is forgotten. */
  admits(key: string): boolean {
    const now = this.#clock.monotonic();
    const last = this.#last.get(key);
    if (last !== undefined && now - last < periodMs) return false;
    this.#last.delete(key);
    this.#last.set(key, now);
    if (this.#last.size > maxKeys) {
      const oldest = this.#last.keys().next();
      if (!oldest.done) this.#last.delete(oldest.value);
    }
    return true;
  }
}
