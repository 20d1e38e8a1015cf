// The columns of one row, taken in their order and checked: the edge between SQL and typed rows. Not for the worker,
// which reads no rows and is spared what checks them.
import { storeError } from '../errors.ts';
import { parseNumbersByName, parseTexts } from '../parse-json.ts';
import type { Value } from '../values.ts';

export class Fields {
  readonly #values: readonly Value[];
  #next = 0;

  constructor(values: readonly Value[]) {
    this.#values = values;
  }

  text(): string {
    const value = this.#take();
    return typeof value === 'string' ? value : this.#bad('text', value);
  }

  textOrNull(): string | null {
    const value = this.#take();
    return value === null || typeof value === 'string' ? value : this.#bad('text or null', value);
  }

  number(): number {
    const value = this.#take();
    return typeof value === 'number' ? value : this.#bad('a number', value);
  }

  numberOrNull(): number | null {
    const value = this.#take();
    return value === null || typeof value === 'number' ? value : this.#bad('a number or null', value);
  }

  flag(): boolean {
    return this.number() !== 0;
  }

  oneOf<Word extends string>(words: readonly Word[]): Word {
    const value = this.#take();
    return words.find((word) => word === value) ?? this.#bad(words.join(' or '), value);
  }

  qos(): 0 | 1 | 2 {
    const value = this.number();
    return value === 0 || value === 1 || value === 2 ? value : this.#bad('a QoS', value);
  }

  /** JSON of an object; null: an empty one. */
  numbersByName(): Readonly<Record<string, number>> {
    const text = this.textOrNull();
    return text === null ? {} : parseNumbersByName(text);
  }

  /** JSON of a list. */
  texts(): readonly string[] {
    return parseTexts(this.text());
  }

  /** A copy of its own, so that one small payload does not keep a whole slice of rows in memory. */
  blob(): Uint8Array {
    const value = this.#take();
    return value instanceof Uint8Array ? Buffer.from(value) : this.#bad('bytes', value);
  }

  blobOrNull(): Uint8Array | null {
    return this.#values[this.#next] === null ? this.#skipNull() : this.blob();
  }

  #skipNull(): null {
    this.#next++;
    return null;
  }

  #take(): Value | undefined {
    return this.#values[this.#next++];
  }

  #bad(expected: string, value: Value | undefined): never {
    const column = this.#next - 1;
    throw storeError('store-bad-row', `expected ${expected} in column ${column}, got ${typeof value}`);
  }
}
