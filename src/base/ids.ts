// Identifiers. Time-ordered so that lists sort by age and SQLite inserts at the end of the index.
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

export interface Ids {
  /** A new id, 20 characters, unique on this machine and sorting by creation time. */
  next(): string;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Two characters each, so that a counter is made of two of them. */
const pairs: readonly string[] = Array.from({ length: 32 ** 2 }, (_, value) => base32(value, 2));

/** Ten characters of milliseconds, four of a counter, six that are random for each process. */
export class ProcessIds implements Ids {
  readonly #clock: Clock;
  readonly #suffix: string;
  #last = 0;
  #count = 0;
  #prefixOf = -1;
  #prefix = '';

  constructor(clock: Clock, seed = randomBytes(4).readUInt32BE() % 32 ** 6) {
    this.#clock = clock;
    this.#suffix = base32(seed, 6);
  }

  next(): string {
    const now = this.#clock.now();
    this.#count = now > this.#last ? 0 : this.#count + 1;
    if (this.#count >= 32 ** 4) {
      this.#last += 1;
      this.#count = 0;
    }
    this.#last = Math.max(this.#last, now);
    if (this.#prefixOf !== this.#last) {
      this.#prefix = base32(this.#last, 10);
      this.#prefixOf = this.#last;
    }
    return `${this.#prefix}${pairs[this.#count >> 10]}${pairs[this.#count & 1023]}${this.#suffix}`;
  }
}
