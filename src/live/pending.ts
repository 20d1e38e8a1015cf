// What a subscription has not sent yet: the latest item of each key, bounded, oldest dropped and counted.
// Never replays: an item that was sent or dropped is gone.

/** Items on their way to a subscriber. */
export interface Waiting {
  /** Neither items nor a count. */
  readonly isEmpty: boolean;
  push(key: string, item: unknown): void;
  /** Gives up everything; only the count remains. */
  drop(): void;
  /** Removes the oldest and gives it as JSON; undefined when there is none. */
  shift(): string | undefined;
  /** How many were lost since the last call. */
  takeLagged(): number;
}

export class Pending implements Waiting {
  readonly #capacity: number;
  readonly #items = new Map<string, unknown>();
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
  push(key: string, item: unknown): void {
    this.#items.delete(key);
    this.#items.set(key, item);
    if (this.#items.size <= this.#capacity) return;
    this.#take();
    this.#lagged++;
  }

  drop(): void {
    this.#lagged += this.#items.size;
    this.#items.clear();
  }

  shift(): string | undefined {
    const item = this.#take();
    return item === undefined ? undefined : JSON.stringify(item);
  }

  /** The oldest. */
  #take(): unknown {
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

  takeLagged(): number {
    const lagged = this.#lagged;
    this.#lagged = 0;
    return lagged;
  }
}
