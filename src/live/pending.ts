// What a subscription has not sent yet: the latest item of each key, or with a key for each all of them, bounded, oldest
// dropped and counted. Never replays: an item that was sent or dropped is gone.
export class Pending {
  readonly #capacity: number;
  readonly #items = new Map<string | number, unknown>();
  /** Stands before the oldest item: a new iterator would walk over all that was deleted, each time. */
  #oldest = this.#items.entries();
  #lagged = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#items.size === 0 && this.#lagged === 0;
  }

  /** An item takes the place of an older one with its key, which is no loss, and goes to the end. */
  push(key: string | number, item: unknown): void {
    this.#items.delete(key);
    this.#items.set(key, item);
    if (this.#items.size <= this.#capacity) return;
    this.shift();
    this.#lagged++;
  }

  /** Gives up everything; only the count remains. */
  drop(): void {
    this.#lagged += this.#items.size;
    this.#items.clear();
  }

  /** Removes and returns the oldest; undefined when there is none. */
  shift(): unknown {
    if (this.#items.size === 0) return undefined;
    let next = this.#oldest.next();
    if (next.done === true) {
      this.#oldest = this.#items.entries();
      next = this.#oldest.next();
    }
    if (next.done === true) return undefined;
    const [key, item] = next.value;
    this.#items.delete(key);
    return item;
  }

  /** How many were lost since the last call. */
  takeLagged(): number {
    const lagged = this.#lagged;
    this.#lagged = 0;
    return lagged;
  }
}
