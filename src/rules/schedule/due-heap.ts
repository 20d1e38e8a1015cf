// What comes due when: waiting runs and schedules, earliest first; equal times in order of id, so that replay agrees.
import type { Timestamp } from '../../base/index.ts';

export interface Due<Item> {
  readonly id: string;
  readonly at: Timestamp;
  /** When it was put off: the time before that, which decides between those put off to the same one. */
  readonly meantFor?: Timestamp;
  readonly item: Item;
}

function isBefore(a: Due<unknown>, b: Due<unknown>): boolean {
  if (a.at !== b.at) return a.at < b.at;
  const [aMeant, bMeant] = [a.meantFor ?? a.at, b.meantFor ?? b.at];
  return aMeant < bMeant || (aMeant === bMeant && a.id < b.id);
}

type Changed<Item> = (due: Due<Item>, isArmed: boolean) => void;

/** A binary heap by time; setting an id again replaces its time. */
export class DueHeap<Item> {
  readonly #changed: Changed<Item>;
  #heap: Due<Item>[] = [];
  readonly #current = new Map<string, Due<Item>>();

  /** `changed`: told what is set and what is gone. */
  constructor(changed: Changed<Item> = () => undefined) {
    this.#changed = changed;
  }

  get size(): number {
    return this.#current.size;
  }

  set(due: Due<Item>): void {
    this.#current.set(due.id, due);
    this.#heap.push(due);
    this.#up(this.#heap.length - 1);
    if (this.#heap.length > 64 && this.#heap.length > 2 * this.#current.size) this.#compact();
    this.#changed(due, true);
  }

  delete(id: string): void {
    const due = this.#current.get(id);
    if (due !== undefined) this.#remove(due);
  }

  find(id: string): Due<Item> | undefined {
    return this.#current.get(id);
  }

  peek(): Due<Item> | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (this.#current.get(first.id) === first) return first;
      this.#removeFirst();
    }
    return undefined;
  }

  /** Removes and returns the earliest that is due at `now`. */
  take(now: Timestamp): Due<Item> | undefined {
    const first = this.peek();
    if (first === undefined || first.at > now) return undefined;
    this.#removeFirst();
    this.#remove(first);
    return first;
  }

  values(): IterableIterator<Due<Item>> {
    return this.#current.values();
  }

  #remove(due: Due<Item>): void {
    this.#current.delete(due.id);
    this.#changed(due, false);
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #compact(): void {
    this.#heap = [...this.#current.values()];
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#down(i);
  }

  #up(index: number): void {
    let child = index;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#swapIfBefore(child, parent)) return;
      child = parent;
    }
  }

  #down(index: number): void {
    let parent = index;
    for (;;) {
      const left = 2 * parent + 1;
      const [a, b] = [this.#heap[left], this.#heap[left + 1]];
      if (a === undefined) return;
      const least = b !== undefined && isBefore(b, a) ? left + 1 : left;
      if (!this.#swapIfBefore(least, parent)) return;
      parent = least;
    }
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const [a, b] = [this.#heap[lower], this.#heap[upper]];
    if (a === undefined || b === undefined || !isBefore(a, b)) return false;
    this.#heap[upper] = a;
    this.#heap[lower] = b;
    return true;
  }
}
