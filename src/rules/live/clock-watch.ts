// Notices that the wall clock was set: what waits would wait for so much longer. Set forward needs no watch while the
// clock can be right: what is due then is due, and a machine that slept looks the same.
import type { Clock, Timestamp } from '../../base/index.ts';

/** Less is the ordinary adjustment of a clock. */
const toleranceMs = 2000;

export class ClockWatch {
  readonly #clock: Clock;
  readonly #plausibleFrom: Timestamp;
  #wall: number;
  #monotonic: number;

  /** `plausibleFrom`: a clock that shows less was not set yet. */
  constructor(clock: Clock, plausibleFrom: Timestamp) {
    this.#clock = clock;
    this.#plausibleFrom = plausibleFrom;
    this.#wall = clock.now();
    this.#monotonic = clock.monotonic();
  }

  /** Whether the clock can be right, as of the last look. */
  get isPlausible(): boolean {
    return this.#wall >= this.#plausibleFrom;
  }

  /** Whether a reading of the wall clock shows that it was set since the last look; cheap, for every input. */
  isSurprising(at: Timestamp): boolean {
    return at < this.#wall - toleranceMs || (at >= this.#plausibleFrom && !this.isPlausible);
  }

  /** Milliseconds by which the clock was set since the last look, negative for back; 0 when it was not. */
  look(): number {
    const wall = this.#clock.now();
    const monotonic = this.#clock.monotonic();
    const stepMs = Math.round(wall - this.#wall - (monotonic - this.#monotonic));
    const wasPlausible = this.isPlausible;
    this.#wall = wall;
    this.#monotonic = monotonic;
    if (stepMs < -toleranceMs) return stepMs;
    return !wasPlausible && stepMs > toleranceMs ? stepMs : 0;
  }
}
