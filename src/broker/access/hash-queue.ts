// Password hashes take tens of milliseconds of a thread each: few at a time, and only so many may wait.
import { availableParallelism } from 'node:os';

/** One processor is left to the house, and one of the four threads of libuv to files and names. */
const atOnce = Math.min(3, Math.max(2, availableParallelism() - 1));

export class HashQueue {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** `limit`: how many may wait beside those that run. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined when too many wait already; then `work` is never run. */
  run<Value>(work: () => Promise<Value>): Promise<Value> | undefined {
    if (this.#running >= atOnce && this.#waiting.length >= this.#limit) return undefined;
    return this.#turn()
      .then(work)
      .finally(() => this.#next());
  }

  async #turn(): Promise<void> {
    if (this.#running < atOnce) {
      this.#running++;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Hands the place on, or gives it up. */
  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}
