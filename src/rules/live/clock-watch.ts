// Notices that the wall clock was set back: what waits would wait for so much longer. Set forward needs no watch:
// what is due then is due, and a machine that slept looks the same.
import type { Clock } from '../../base/index.ts';

/** Less is the ordinary adjustment of a clock. */
const toleranceMs = 2000;

export class ClockWatch {
  readonly #clock: Clock;
  #wall: number;
  #monotonic: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wall = clock.now();
    this.#monotonic = clock.monotonic();
  }

  /** Whether a reading of the wall clock lies before the last look; cheap, for every input. */
  isBehind(at: number): boolean {
    return at < this.#wall - toleranceMs;
  }

  /** Milliseconds by which the clock was set back since the last look, 0 when it was not. */
  look(): number {
    const wall = this.#clock.now();
    const monotonic = this.#clock.monotonic();
    const backMs = monotonic - this.#monotonic - (wall - this.#wall);
    this.#wall = wall;
    this.#monotonic = monotonic;
    return backMs > toleranceMs ? Math.round(backMs) : 0;
  }
}
