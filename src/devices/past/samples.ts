// A bounded ring of values with their times, oldest first, which sums up any stretch of time in a few hundred steps.
import type { Timestamp } from '../../base/index.ts';
import type { Stretch } from '../../expression/index.ts';
import { Figures } from './figures.ts';

export interface Sample {
  readonly at: Timestamp;
  /** Undefined: what the value is from here on is not known. */
  readonly value: unknown;
  /** Of a message; otherwise only a value that is known to stand. */
  readonly isMessage: boolean;
  readonly isChange: boolean;
}

/** Samples that all rings together may still make room for. */
export interface Allowance {
  left: number;
}

export interface Summary {
  readonly figures: Figures;
  /** The values at both ends, as far as they are known. */
  readonly first: unknown;
  readonly last: unknown;
}

/** Of blocks, each made of sixteen of the next: sixteen at a time the longest stretch takes some ninety steps. */
const blockSizes = [4096, 256, 16] as const;
const fanOut = 16;
const leastRoom = 64;
const mostSamples = 65_536;

interface Block {
  /** The number of its first sample. */
  readonly start: number;
  readonly figures: Figures;
}

export class Samples {
  readonly #allowance: Allowance;
  #ring: (Sample | undefined)[] = [];
  /** By size; a block is made when it is first asked for. */
  #blocks = new Map<number, (Block | undefined)[]>();
  /** Samples are numbered from the first ever on; these are kept. */
  #first = 0;
  #end = 0;
  #dropped = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  get size(): number {
    return this.#end - this.#first;
  }

  /** Those that had to go although somebody may ask about them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The number that the next one gets. */
  get end(): number {
    return this.#end;
  }

  /** Those that are still kept of what was pushed from a number on. */
  *since(number: number): Generator<Sample> {
    for (let n = Math.max(number, this.#first); n < this.#end; n++) yield this.#at(n);
  }

  get latest(): Sample | undefined {
    return this.size === 0 ? undefined : this.#at(this.#end - 1);
  }

  /** Never older than the latest. */
  push(sample: Sample): void {
    if (this.size === this.#ring.length && !this.#grow()) {
      this.#forgetFirst();
      this.#dropped++;
    }
    this.#ring[this.#end % this.#ring.length] = sample;
    this.#end++;
  }

  /** Forgets what ended before; the value that stood then is still known. */
  forget(before: Timestamp): void {
    while (this.size > 1 && this.#at(this.#first + 1).at < before) this.#forgetFirst();
  }

  clear(): void {
    this.#allowance.left += this.#ring.length;
    this.#ring = [];
    this.#blocks.clear();
    this.#first = this.#end;
  }

  /** The value that stood at an instant. */
  valueAt(at: Timestamp): unknown {
    const after = this.#search(at, true);
    return after > this.#first ? this.#at(after - 1).value : undefined;
  }

  summary({ from, to, isEndIncluded }: Stretch): Summary {
    const start = this.#search(from, false);
    const end = this.#search(to, isEndIncluded);
    const figures = new Figures();
    const carried = start > this.#first ? this.#at(start - 1).value : undefined;
    const carriedUntil = start < end ? this.#at(start).at : to;
    const isCarried = carried !== undefined && (carriedUntil > from || start === end);
    if (isCarried) figures.hold(carried, carriedUntil - from);
    this.#sum(figures, { start, end, to });
    const first = isCarried ? carried : this.#known(start, end, 1);
    const last = this.#known(end - 1, start - 1, -1);
    return { figures, first, last: last === undefined ? carried : last };
  }

  #sum(figures: Figures, range: { readonly start: number; readonly end: number; readonly to: number }): void {
    const { start, end, to } = range;
    for (let n = start; n < end; ) {
      const size = blockSizes.find((one) => n % one === 0 && n + one < end);
      if (size === undefined) this.#add(figures, n, n + 1 < end ? this.#at(n + 1).at : to);
      else figures.add(this.#block(n, size));
      n += size ?? 1;
    }
  }

  #add(figures: Figures, n: number, until: Timestamp): void {
    const { at, value, isMessage, isChange } = this.#at(n);
    if (value !== undefined) figures.hold(value, until - at);
    if (isMessage) figures.hear(value, isChange);
  }

  /** Only of a block whose next sample is there. */
  #block(start: number, size: number): Figures {
    const blocks = this.#blocks.get(size) ?? ([] as (Block | undefined)[]);
    const slot = (start % this.#ring.length) / size;
    const kept = blocks[slot];
    if (kept?.start === start) return kept.figures;
    const figures = new Figures();
    const step = size / fanOut;
    for (let n = start; n < start + size; n += step) {
      if (step === 1) this.#add(figures, n, this.#at(n + 1).at);
      else figures.add(this.#block(n, step));
    }
    blocks[slot] = { start, figures };
    this.#blocks.set(size, blocks);
    return figures;
  }

  /** The first value that is known from one number on. */
  #known(from: number, end: number, step: 1 | -1): unknown {
    for (let n = from; n !== end; n += step) {
      const { value } = this.#at(n);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The number of the first sample at or, with `isAfter`, behind an instant. */
  #search(at: Timestamp, isAfter: boolean): number {
    let low = this.#first;
    let high = this.#end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const time = this.#at(middle).at;
      if (time > at || (time === at && !isAfter)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #at(n: number): Sample {
    const sample = this.#ring[n % this.#ring.length];
    if (sample === undefined) throw new RangeError(`there is no sample ${n}`);
    return sample;
  }

  #forgetFirst(): void {
    this.#ring[this.#first % this.#ring.length] = undefined;
    this.#first++;
  }

  /** Twice the room; false when there is no more to be had. */
  #grow(): boolean {
    const before = this.#ring;
    const added = Math.max(leastRoom, before.length);
    if (before.length > 0 && (before.length >= mostSamples || this.#allowance.left < added)) return false;
    this.#allowance.left -= added;
    const ring = new Array<Sample | undefined>(before.length + added).fill(undefined);
    for (let n = this.#first; n < this.#end; n++) ring[n % ring.length] = before[n % before.length];
    this.#ring = ring;
    this.#blocks.clear();
    return true;
  }
}
