// How often something may go wrong before who does it is given up.
import type { Clock } from './clock.ts';

export class Faults {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #withinMs: number;
  #times: number[] = [];
  total = 0;

  constructor(clock: Clock, limits: { readonly most: number; readonly withinMs: number }) {
    this.#clock = clock;
    this.#most = limits.most;
    this.#withinMs = limits.withinMs;
  }

  /** True when it is one too many. */
  add(): boolean {
    const now = this.#clock.monotonic();
    this.total++;
    this.#times = [...this.#times.filter((at) => now - at < this.#withinMs), now].slice(-this.#most - 1);
    return this.#times.length > this.#most;
  }
}
