// Wrong passwords by user and address: after a few, no more are tried for a while that grows.
import type { Clock } from '../../base/index.ts';

const freeFailures = 5;
const firstPauseMs = 30_000;
const longestPauseMs = 900_000;
/** After this long without a failure everything is forgotten. */
const forgottenMs = 3_600_000;
const mostEntries = 10_000;

interface Entry {
  readonly user: string;
  readonly failures: number;
  readonly last: number;
  readonly pausedUntil: number;
}

function keyOf(user: string, address: string): string {
  return `${address} ${user}`;
}

export class FailedAttempts {
  readonly #clock: Clock;
  /** The one that failed longest ago first. */
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isPaused(user: string, address: string): boolean {
    const entry = this.#entries.get(keyOf(user, address));
    return entry !== undefined && entry.pausedUntil > this.#clock.monotonic();
  }

  failed(user: string, address: string): void {
    const now = this.#clock.monotonic();
    const key = keyOf(user, address);
    const before = this.#entries.get(key);
    const failures = before !== undefined && now - before.last < forgottenMs ? before.failures + 1 : 1;
    const pause = Math.min(firstPauseMs * 2 ** (failures - freeFailures), longestPauseMs);
    const pausedUntil = failures < freeFailures ? 0 : now + pause;
    this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= mostEntries && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { user, failures, last: now, pausedUntil });
  }

  succeeded(user: string, address: string): void {
    this.#entries.delete(keyOf(user, address));
  }

  /** The user was changed: who tried in vain may try again. */
  forget(user: string): void {
    for (const [key, entry] of this.#entries) if (entry.user === user) this.#entries.delete(key);
  }
}
