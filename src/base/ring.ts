// The last N of something. Every bounded queue of the house counts what it dropped.
export class Ring<Item> {
  readonly #items: (Item | undefined)[];
  #start = 0;
  #size = 0;
  #dropped = 0;

  constructor(capacity: number) {
    this.#items = new Array<Item | undefined>(Math.max(1, capacity));
  }

  get size(): number {
    return this.#size;
  }

  /** How many were pushed out by newer ones since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds at the end; the oldest leaves when the ring is full and is returned. */
  push(item: Item): Item | undefined {
    const capacity = this.#items.length;
    if (this.#size < capacity) {
      this.#items[(this.#start + this.#size++) % capacity] = item;
      return undefined;
    }
    const oldest = this.#items[this.#start];
    this.#items[this.#start] = item;
    this.#start = (this.#start + 1) % capacity;
    this.#dropped++;
    return oldest;
  }

  /** Removes and returns the oldest. */
  shift(): Item | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#start];
    this.#items[this.#start] = undefined;
    this.#start = (this.#start + 1) % this.#items.length;
    this.#size--;
    return item;
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<Item> {
    for (let i = 0; i < this.#size; i++) {
      const item = this.#items[(this.#start + i) % this.#items.length];
      if (item !== undefined) yield item;
    }
  }
}
