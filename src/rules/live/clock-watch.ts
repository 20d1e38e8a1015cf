// Notices that the wall clock was set, back or forward: what waits would wait for so much longer or shorter. That the
// machine slept is no such step: then the time was there, and nobody looked.
import type { Clock, Timestamp } from '../../base/index.ts';

/** Less is the ordinary adjustment of a clock. */
const toleranceMs = 2000;

interface Readings {
  readonly wall: Timestamp;
  readonly monotonic: number;
  readonly uptime: number;
}

/** Readings further apart than this, on a machine too busy to take them at once, are taken again. */
const apartMs = 50;
const tries = 10;

function readingsOf(clock: Clock, left = tries): Readings {
  const monotonic = clock.monotonic();
  const readings = { wall: clock.now(), monotonic, uptime: clock.uptime() };
  return left === 0 || clock.monotonic() - monotonic < apartMs ? readings : readingsOf(clock, left - 1);
}

export class ClockWatch {
  readonly #clock: Clock;
  readonly #plausibleFrom: Timestamp;
  #last: Readings;
  /** The last reading that showed nothing: a hundred messages may come in its millisecond. */
  #calmAt: Timestamp | undefined;

  /** `plausibleFrom`: a clock that shows less was not set yet. */
  constructor(clock: Clock, plausibleFrom: Timestamp) {
    this.#clock = clock;
    this.#plausibleFrom = plausibleFrom;
    this.#last = readingsOf(clock);
  }

  /** Whether the clock can be right, as of the last look. */
  get isPlausible(): boolean {
    return this.#last.wall >= this.#plausibleFrom;
  }

  // hot: test/bench/engine.ts
  /** Whether a reading of the wall clock shows that it was set, or that the machine slept, since the last look. */
  isSurprising(at: Timestamp): boolean {
    if (at === this.#calmAt) return false;
    const { wall, monotonic } = this.#last;
    const awake = this.#clock.monotonic() - monotonic;
    const isSet = Math.abs(at - wall - awake) > toleranceMs;
    if (isSet || (at >= this.#plausibleFrom && !this.isPlausible)) return true;
    this.#calmAt = at;
    return false;
  }

  /** Milliseconds by which the clock was set since the last look, negative for back; 0 when it was not. */
  look(): number {
    const last = this.#last;
    this.#last = readingsOf(this.#clock);
    const { wall, monotonic, uptime } = this.#last;
    const awakeMs = monotonic - last.monotonic;
    const sleptMs = Math.max(0, uptime - last.uptime - awakeMs);
    const stepMs = Math.round(wall - last.wall - awakeMs - sleptMs);
    return Math.abs(stepMs) > toleranceMs ? stepMs : 0;
  }
}
