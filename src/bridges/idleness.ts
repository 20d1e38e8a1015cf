// Tells when a connection has carried nothing for a while. Looks at the clock, not at every message.
import type { Clock, Timestamp, Undo } from '../base/index.ts';

export class Idleness {
  readonly #clock: Clock;
  readonly #afterMs: number;
  #last: Timestamp = 0;
  #undo: Undo | undefined;

  constructor(clock: Clock, afterMs: number) {
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /** Calls back once, unless stopped before. */
  watch(onIdle: () => void): void {
    this.stop();
    this.touch();
    this.#wait(this.#afterMs, onIdle);
  }

  /** Something was carried. */
  touch(): void {
    this.#last = this.#clock.monotonic();
  }

  stop(): void {
    this.#undo?.();
    this.#undo = undefined;
  }

  #wait(ms: number, onIdle: () => void): void {
    this.#undo = this.#clock.after(ms, () => {
      const left = this.#last + this.#afterMs - this.#clock.monotonic();
      if (left > 0) this.#wait(left, onIdle);
      else onIdle();
    });
  }
}
