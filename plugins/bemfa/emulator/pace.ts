// At most so many in a second.
import type { Clock } from '../../../src/base/index.ts';

export class Pace {
  readonly #clock: Clock;
  readonly #perSecond: number;
  #second = 0;
  #count = 0;

  /** 0: no limit. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** Counts one; false when it is one too many. */
  take(): boolean {
    if (this.#perSecond === 0) return true;
    const second = Math.floor(this.#clock.monotonic() / 1000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    this.#count += 1;
    return this.#count <= this.#perSecond;
  }
}
