// How fast a plugin may ask: so many calls a second with a burst. What is beyond is refused, and a plugin that goes on
// regardless is a flood.
import type { Clock } from '../base/index.ts';

export interface CallLimits {
  readonly perSecond: number;
  readonly burst: number;
  /** Refusals within ten seconds that make a flood. */
  readonly flood: number;
}

export const callLimits: CallLimits = { perSecond: 2000, burst: 10_000, flood: 2000 };

const windowMs = 10_000;

export class CallLimit {
  readonly #limits: CallLimits;
  readonly #clock: Clock;
  #left: number;
  #at: number;
  #refusedSince = 0;
  #windowAt: number;
  refused = 0;

  constructor(clock: Clock, limits: CallLimits = callLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#left = limits.burst;
    this.#at = clock.monotonic();
    this.#windowAt = this.#at;
  }

  take(): 'taken' | 'refused' | 'flood' {
    const now = this.#clock.monotonic();
    const { perSecond, burst, flood } = this.#limits;
    this.#left = Math.min(burst, this.#left + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
    if (this.#left >= 1) {
      this.#left--;
      return 'taken';
    }
    if (now - this.#windowAt > windowMs) {
      this.#windowAt = now;
      this.#refusedSince = 0;
    }
    this.refused++;
    return ++this.#refusedSince >= flood ? 'flood' : 'refused';
  }
}
