// Says when nothing came for a while.
import type { Clock, Undo } from '../../../src/base/index.ts';

export class Idleness {
  readonly #clock: Clock;
  readonly #onIdle: () => void;
  #ms = 0;
  #undo: Undo = () => undefined;

  constructor(clock: Clock, onIdle: () => void) {
    this.#clock = clock;
    this.#onIdle = onIdle;
  }

  /** Counts anew, up to `ms` from now on; 0: never idle. */
  allow(ms: number): void {
    this.#ms = ms;
    this.touch();
  }

  touch(): void {
    this.#undo();
    if (this.#ms > 0) this.#undo = this.#clock.after(this.#ms, this.#onIdle);
  }

  stop(): void {
    this.#ms = 0;
    this.#undo();
  }
}
