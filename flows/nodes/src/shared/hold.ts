// Waits until a value has held for a while. Since when it holds comes from the house, so that a deploy or a lost
// connection does not begin the wait anew; while there is no connection nothing is taken for granted.
import type { Clock, Undo } from './clock.ts';

export interface HoldOptions {
  readonly forMs: number;
  readonly clock: Clock;
  readonly isConnected: () => boolean;
}

export class Hold {
  readonly #options: HoldOptions;
  #since: number | undefined;
  #isOver = false;
  #disarm: Undo = () => undefined;

  constructor(options: HoldOptions) {
    this.#options = options;
  }

  get since(): number | undefined {
    return this.#since;
  }

  /** It holds since then; `run` is called once when it has held long enough, at once when it has. */
  holds(since: number, run: () => void): void {
    if (since !== this.#since) this.#isOver = false;
    this.#since = since;
    this.#disarm();
    if (this.#isOver) return;
    const { forMs, clock, isConnected } = this.#options;
    const left = since + forMs - clock.now();
    if (left <= 0) {
      this.#isOver = true;
      run();
      return;
    }
    this.#disarm = clock.after(left, () => {
      if (!isConnected()) return; // asked again when the present is known
      this.#isOver = true;
      run();
    });
  }

  /** What held long enough before anybody looked is over without a word. */
  skip(since: number): void {
    this.#since = since;
    this.#isOver = true;
  }

  ends(): void {
    this.#disarm();
    this.#since = undefined;
    this.#isOver = false;
  }
}
