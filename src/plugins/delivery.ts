// What waits to be given to a plugin: one after the other, each when the one before is done. Bounded: the oldest goes.
import type { Link } from './link.ts';

const most = 1000;

export class Delivery {
  readonly #link: Link;
  readonly #failed: (error: unknown) => void;
  readonly #line: { readonly key: number; readonly value: unknown }[] = [];
  #isGiving = false;
  #dropped = 0;

  constructor(link: Link, failed: (error: unknown) => void) {
    this.#link = link;
    this.#failed = failed;
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(key: number, value: unknown): void {
    if (this.#line.length >= most) {
      this.#line.shift();
      this.#dropped++;
    }
    this.#line.push({ key, value });
    if (!this.#isGiving) void this.#give();
  }

  close(): void {
    this.#line.length = 0;
  }

  async #give(): Promise<void> {
    this.#isGiving = true;
    for (let next = this.#line.shift(); next !== undefined; next = this.#line.shift())
      await this.#link.call('heard', next).catch(this.#failed);
    this.#isGiving = false;
  }
}
