// What is known of one path of a topic: types, values, range, how often it is there. Knows no time and no topic.
import type { Leaf, ScalarType } from './leaves.ts';

/** More different values than this are no set. */
const mostValues = 32;
const longestValue = 64;
/** A set is told as one when its values came at least this often each, on average. */
const timesEach = 5;
/** So many times its span outside its range is far outside. */
const farSpans = 3;
/** Missing so often in a row, having always been there. */
const mostMisses = 5;
const alwaysShare = 0.95;

export type Drift =
  | { readonly drift: 'missing' }
  | { readonly drift: 'type'; readonly value: unknown; readonly expected: readonly ScalarType[] }
  | {
      readonly drift: 'range';
      readonly value: number;
      readonly expected: readonly [min: number, max: number];
    }
  | { readonly drift: 'value'; readonly value: unknown; readonly expected: readonly unknown[] };

/** As rows keep it; what is at its default is missing. */
export interface FieldFacts {
  readonly types: readonly ScalarType[];
  /** Messages that had it. */
  readonly count: number;
  /** Missing: too many to be a set. */
  readonly values?: readonly (string | boolean | number)[];
  readonly min?: number;
  readonly max?: number;
  /** A number that never fell: a counter, a time. */
  readonly rising?: boolean;
}

/** What may be one of a set; measured values are none. */
function isListed(value: unknown): value is string | boolean | number {
  if (typeof value === 'number') return Number.isInteger(value);
  return typeof value === 'boolean' || (typeof value === 'string' && value.length <= longestValue);
}

/** Whether few values came often: then another one is news. */
export function isSet({ values, count }: Pick<FieldFacts, 'values' | 'count'>): boolean {
  return values !== undefined && values.length * timesEach <= count;
}

export class Field {
  #types: readonly ScalarType[] = [];
  #count = 0;
  #values: readonly (string | boolean | number)[] | undefined = [];
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #isRising = true;
  #misses = 0;

  static of(facts: FieldFacts): Field {
    const field = new Field();
    field.#types = facts.types;
    field.#count = facts.count;
    field.#values = facts.values;
    field.#min = facts.min ?? field.#min;
    field.#max = facts.max ?? field.#max;
    field.#last = facts.max ?? field.#last;
    field.#isRising = facts.rising ?? false;
    return field;
  }

  get count(): number {
    return this.#count;
  }

  facts(): FieldFacts {
    const isNumber = this.#max >= this.#min;
    return {
      types: this.#types,
      count: this.#count,
      ...(this.#values && { values: this.#values }),
      ...(isNumber && { min: this.#min, max: this.#max }),
      ...(isNumber && this.#isRising && { rising: true }),
    };
  }

  /** Learns from one message; says what in it is new where nothing new was expected. */
  take({ type, value }: Leaf, isSettled: boolean): Drift | undefined {
    this.#misses = 0;
    const drift = isSettled ? this.#driftOf(type, value) : undefined;
    this.#count++;
    if (!this.#types.includes(type)) this.#types = [...this.#types, type];
    if (typeof value === 'number') this.#takeNumber(value);
    if (value !== undefined && value !== null) this.#list(value);
    return drift;
  }

  /** A message did not have it. */
  miss(messages: number, isSettled: boolean): Drift | undefined {
    this.#misses++;
    const isNews =
      isSettled && this.#misses === mostMisses && this.#count / (messages - mostMisses) >= alwaysShare;
    return isNews ? { drift: 'missing' } : undefined;
  }

  /** Grows with every type and listed value that is new. */
  get size(): number {
    return this.#types.length * (mostValues + 2) + (this.#values?.length ?? mostValues + 1);
  }

  #driftOf(type: ScalarType, value: unknown): Drift | undefined {
    if (!this.#types.includes(type)) return { drift: 'type', value, expected: this.#types };
    if (typeof value === 'number') return this.#rangeDrift(value);
    const values = this.#values;
    if (typeof value !== 'string' || values === undefined || !isSet({ values, count: this.#count }))
      return undefined;
    return values.includes(value) ? undefined : { drift: 'value', value, expected: values };
  }

  #rangeDrift(value: number): Drift | undefined {
    const span = this.#max - this.#min;
    if (this.#isRising || span <= 0) return undefined;
    const isFar = value < this.#min - farSpans * span || value > this.#max + farSpans * span;
    return isFar ? { drift: 'range', value, expected: [this.#min, this.#max] } : undefined;
  }

  #takeNumber(value: number): void {
    if (value < this.#last) this.#isRising = false;
    this.#last = value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  #list(value: unknown): void {
    if (this.#values === undefined || this.#values.some((known) => known === value)) return;
    const isOpen = !isListed(value) || this.#values.length >= mostValues;
    this.#values = isOpen ? undefined : [...this.#values, value];
  }
}
