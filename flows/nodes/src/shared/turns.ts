// One thing after the other, in order, with a bound; what is too much is dropped, the oldest first, and counted.

export class Turns {
  readonly #capacity: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  #isBusy = false;
  #dropped = 0;

  constructor(capacity = 1000) {
    this.#capacity = capacity;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** `run` must not reject. */
  add(run: () => Promise<void>): void {
    this.#waiting.push(run);
    if (this.#waiting.length > this.#capacity) {
      this.#waiting.shift();
      this.#dropped++;
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
