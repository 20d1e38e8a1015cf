// Samples summed up in stretches of equal length: what a chart draws, and what is left of samples when they are old.
import { type Block, sampleOf, type Word } from './block.ts';

/** What is known of one stretch. */
export interface Bucket {
  readonly at: number;
  /** Samples, and those that are or mean a number. */
  readonly count: number;
  readonly numbers: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  /** Samples that differ from the one before. */
  readonly changes: number;
  readonly last: number | Word | undefined;
}

export interface BucketPlan {
  readonly from: number;
  readonly to: number;
  readonly widthMs: number;
}

const wordNumbers = new Map<Word, number>([
  [true, 1],
  [false, 0],
  ['ON', 1],
  ['OFF', 0],
  ['on', 1],
  ['off', 0],
]);

/** What a word counts as in means; NaN: nothing. */
export function numberOfWord(word: Word | undefined): number {
  return (word === undefined ? undefined : wordNumbers.get(word)) ?? Number.NaN;
}

export class Buckets {
  readonly #plan: BucketPlan;
  readonly #counts: Float64Array;
  readonly #numbers: Float64Array;
  readonly #mins: Float64Array;
  readonly #maxs: Float64Array;
  readonly #sums: Float64Array;
  readonly #changes: Float64Array;
  readonly #lasts: (number | Word | undefined)[];
  #previous: number | Word | undefined;

  constructor(plan: BucketPlan) {
    const size = Math.max(1, Math.ceil((plan.to - plan.from + 1) / plan.widthMs));
    this.#plan = plan;
    this.#counts = new Float64Array(size);
    this.#numbers = new Float64Array(size);
    this.#mins = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#maxs = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#sums = new Float64Array(size);
    this.#changes = new Float64Array(size);
    this.#lasts = new Array<number | Word | undefined>(size).fill(undefined);
  }

  // hot: test/bench/history.ts
  /** The samples of a block from one instant to another. */
  addBlock(block: Block, { from, to }: { readonly from: number; readonly to: number }): void {
    const { times, values, words } = block;
    const numbers = words?.map(numberOfWord);
    for (let n = 0; n < times.length; n++) {
      const at = times[n] ?? 0;
      if (at < from || at > to) continue;
      const raw = values[n] ?? Number.NaN;
      const number = numbers === undefined ? raw : (numbers[raw] ?? Number.NaN);
      const value = words === undefined && !Number.isNaN(raw) ? raw : sampleOf(block, n);
      if (value === undefined) this.#previous = undefined;
      else this.#addSample(this.#indexOf(at), value, number);
    }
  }

  /** Figures of stretches not longer than ours. */
  add(bucket: Bucket): void {
    const n = this.#indexOf(bucket.at);
    this.#counts[n] = (this.#counts[n] ?? 0) + bucket.count;
    this.#numbers[n] = (this.#numbers[n] ?? 0) + bucket.numbers;
    this.#mins[n] = Math.min(this.#mins[n] ?? 0, bucket.min);
    this.#maxs[n] = Math.max(this.#maxs[n] ?? 0, bucket.max);
    this.#sums[n] = (this.#sums[n] ?? 0) + bucket.sum;
    this.#changes[n] = (this.#changes[n] ?? 0) + bucket.changes;
    this.#lasts[n] = bucket.last;
    this.#previous = bucket.last;
  }

  /** Those that hold samples, in order. */
  *[Symbol.iterator](): Generator<Bucket> {
    const { from, widthMs } = this.#plan;
    for (let n = 0; n < this.#counts.length; n++) {
      const count = this.#counts[n] ?? 0;
      if (count === 0) continue;
      yield {
        at: from + n * widthMs,
        count,
        numbers: this.#numbers[n] ?? 0,
        min: this.#mins[n] ?? Number.NaN,
        max: this.#maxs[n] ?? Number.NaN,
        sum: this.#sums[n] ?? 0,
        changes: this.#changes[n] ?? 0,
        last: this.#lasts[n],
      };
    }
  }

  #indexOf(at: number): number {
    const n = Math.floor((at - this.#plan.from) / this.#plan.widthMs);
    return Math.min(this.#counts.length - 1, Math.max(0, n));
  }

  #addSample(n: number, value: number | Word, number: number): void {
    this.#counts[n] = (this.#counts[n] ?? 0) + 1;
    if (value !== this.#previous) this.#changes[n] = (this.#changes[n] ?? 0) + 1;
    this.#previous = value;
    this.#lasts[n] = value;
    if (Number.isNaN(number)) return;
    this.#numbers[n] = (this.#numbers[n] ?? 0) + 1;
    this.#sums[n] = (this.#sums[n] ?? 0) + number;
    if (number < (this.#mins[n] ?? 0)) this.#mins[n] = number;
    if (number > (this.#maxs[n] ?? 0)) this.#maxs[n] = number;
  }
}
