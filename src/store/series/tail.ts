// The newest samples of one series, in memory, and when they become a block of their own.
import type { Block, Word } from './block.ts';
import type { Thinning } from './policy.ts';

/** Samples of a full block. */
const blockSize = 512;
/** From the first sample of a block to its last, at the most. */
export const longestBlockMs = 86_400_000;
/** A clock that is set back further begins a new block. */
const backwardsMs = 2000;
/** What takes more different words than this is prose, not a state. */
const mostWords = 32;
/** A value that stays within its band is noted all the same so often. */
const bandMs = 3_600_000;

/** Longer texts are no states. */
export const longestWord = 32;

export type SampleValue = number | Word | undefined;

export class Tail {
  readonly id: number;
  #times: number[] = [];
  #values: number[] = [];
  #words: Word[] | undefined;
  #isProse: boolean;
  #last: { readonly at: number; readonly value: SampleValue } | undefined;

  constructor(id: number, isProse = false) {
    this.id = id;
    this.#isProse = isProse;
  }

  get size(): number {
    return this.#times.length;
  }

  get firstAt(): number {
    return this.#times[0] ?? 0;
  }

  /** It holds texts that are no states, and keeps nothing any more. */
  get isProse(): boolean {
    return this.#isProse;
  }

  /** What there is now; not changed afterwards only when it is taken. */
  get block(): Block {
    return { times: this.#times, values: this.#values, words: this.#words };
  }

  /** What was left of the last process. */
  restore({ times, values, words }: Block): void {
    this.#times = Array.from(times);
    this.#values = Array.from(values);
    this.#words = words === undefined ? undefined : [...words];
  }

  /** Adds a sample; gives the block that is thereby complete. */
  add(at: number, value: SampleValue, thin: Thinning | undefined): Block | undefined {
    if (this.#isProse || this.#isSpare(at, value, thin)) return undefined;
    const full = this.#isFullFor(at, value) ? this.take() : undefined;
    const number = this.#numberOf(value);
    if (number === undefined) {
      this.#isProse = true;
      return full;
    }
    this.#times.push(at);
    this.#values.push(number);
    this.#last = { at, value };
    return full;
  }

  take(): Block {
    const { block } = this;
    this.#times = [];
    this.#values = [];
    this.#words = undefined;
    return block;
  }

  /** Whether it adds nothing: the end of what never began, or less than thinning asks for. */
  #isSpare(at: number, value: SampleValue, thin: Thinning | undefined): boolean {
    if (value === undefined)
      return this.#last === undefined ? this.size === 0 : this.#last.value === undefined;
    if (thin === undefined || typeof value !== 'number' || typeof this.#last?.value !== 'number')
      return false;
    const passed = at - this.#last.at;
    if (passed < 0) return false;
    if (passed < thin.everyMs) return true;
    return Math.abs(value - this.#last.value) < thin.band && passed < bandMs;
  }

  #isFullFor(at: number, value: SampleValue): boolean {
    const last = this.#times.at(-1);
    if (last === undefined) return false;
    const isOtherKind = value !== undefined && (typeof value === 'number') !== (this.#words === undefined);
    if (isOtherKind || this.size >= blockSize) return true;
    return at - this.firstAt > longestBlockMs || at < last - backwardsMs;
  }

  /** As it stands in the column; undefined for a word too many. */
  #numberOf(value: SampleValue): number | undefined {
    if (typeof value === 'number') return value;
    if (value === undefined) return Number.NaN;
    this.#words ??= [];
    const known = this.#words.indexOf(value);
    if (known >= 0) return known;
    if (this.#words.length >= mostWords) return undefined;
    return this.#words.push(value) - 1;
  }
}
