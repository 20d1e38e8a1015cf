// One thing after the other, in order, with a bound; what is too much is dropped, the oldest first, and counted.

export class Turns {
  readonly #capacity: number;
  readonly #dropped: () => void;
  readonly #waiting: (() => Promise<void>)[] = [];
  #isBusy = false;

  /** `dropped` is called for each that is. */
  constructor(dropped: () => void, capacity = 5000) {
    this.#dropped = dropped;
    this.#capacity = capacity;
  }

  /** `run` must not reject. */
  add(run: () => Promise<void>): void {
    this.#waiting.push(run);
    if (this.#waiting.length > this.#capacity) {
      this.#waiting.shift();
      this.#dropped();
    }
    if (!this.#isBusy) void this.#work();
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next();
    this.#isBusy = false;
  }
}
