// Identifiers. Time-ordered so that lists sort by age and SQLite inserts at the end of the index.
import { randomBytes } from 'node:crypto';
import type { Clock, Timestamp } from './clock.ts';

export interface Ids {
  /** A new id, 20 characters, unique on this machine and sorting by creation time: `now`, or what the clock shows. */
  next(now?: Timestamp): string;
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

/** What two characters can say. */
const pairs = 32 ** 2;

/** Ten characters of milliseconds, four of a counter, six that are random for each process. */
export class ProcessIds implements Ids {
  readonly #clock: Clock;
  /** The second half of the counter with what is random: made before, so that an id is put together of two texts. */
  readonly #endings: readonly string[];
  #last = 0;
  #count = 0;
  #beginningOf = -1;
  #beginning = '';

  constructor(clock: Clock, seed = randomBytes(4).readUInt32BE() % 32 ** 6) {
    this.#clock = clock;
    const suffix = base32(seed, 6);
    this.#endings = Array.from({ length: pairs }, (_, value) => `${base32(value, 2)}${suffix}`);
  }

  next(now = this.#clock.now()): string {
    this.#count = now > this.#last ? 0 : this.#count + 1;
    if (this.#count >= 32 ** 4) {
      this.#last += 1;
      this.#count = 0;
    }
    this.#last = Math.max(this.#last, now);
    const ending = this.#count % pairs;
    if (ending === 0 || this.#beginningOf !== this.#last) {
      this.#beginning = `${base32(this.#last, 10)}${base32(Math.floor(this.#count / pairs), 2)}`;
      this.#beginningOf = this.#last;
    }
    return `${this.#beginning}${this.#endings[ending]}`;
  }
}
