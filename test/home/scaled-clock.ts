// A day in a quarter of an hour: time that runs faster than the wall's.
import { type Clock, SystemClock, type Timestamp, type Undo } from '../../src/base/index.ts';

export class ScaledClock implements Clock {
  readonly #real = new SystemClock();
  readonly #speed: number;
  readonly #start = this.#real.now();

  constructor(speed: number) {
    this.#speed = speed;
  }

  now(): Timestamp {
    return this.#start + this.monotonic();
  }

  monotonic(): number {
    return (this.#real.now() - this.#start) * this.#speed;
  }

  uptime(): number {
    return this.monotonic();
  }

  after(ms: number, run: () => void): Undo {
    return this.#real.after(ms / this.#speed, run);
  }

  soon(run: () => void): Undo {
    return this.#real.soon(run);
  }
}
