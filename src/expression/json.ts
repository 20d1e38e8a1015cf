// Values as JSON, as the jsonata package writes them. Every value and every character is paid for; nothing of a value
// is ever called, so that a field named `toJSON` is a field.
import { Failure } from './errors.ts';
import type { Run } from './run.ts';

/** A number as text keeps 15 digits, so that 0.1 + 0.2 reads 0.3. */
export function roundedNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

export function numberText(value: number): string {
  return JSON.stringify(roundedNumber(value));
}

/** Two blanks for each level, or one line. */
class JsonWriter {
  readonly #run: Run;
  readonly #isPretty: boolean;
  /** Empty where everything stands on one line. */
  #newLine: string;

  constructor(run: Run, isPretty: boolean) {
    this.#run = run;
    this.#isPretty = isPretty;
    this.#newLine = isPretty ? '\n' : '';
  }

  #paid(text: string): string {
    this.#run.allocate(text.length);
    return text;
  }

  #text(value: string): string {
    this.#run.allocate(value.length);
    this.#run.charge(value.length >> 6);
    return JSON.stringify(value);
  }

  #number(value: number): string {
    if (Number.isNaN(value)) return this.#paid('null');
    if (!Number.isFinite(value)) throw new Failure('D1001', { value });
    return this.#paid(numberText(value));
  }

  /** Undefined for what is left out of objects and is null in arrays. */
  write(value: unknown): string | undefined {
    this.#run.charge(1);
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'function') return '""';
    if (value === undefined) return undefined;
    if (typeof value === 'number') return this.#number(value);
    if (typeof value !== 'object' || value === null) return this.#paid(JSON.stringify(value));
    if (Array.isArray(value)) return this.#array(value);
    return this.#object(value);
  }

  #array(items: readonly unknown[]): string {
    const pieces: string[] = [];
    const outer = this.#descend();
    for (const item of items) pieces.push(this.write(item) ?? 'null');
    return this.#closed('[]', pieces, outer);
  }

  #object(fields: object): string {
    const colon = this.#isPretty ? ': ' : ':';
    const pieces: string[] = [];
    const outer = this.#descend();
    for (const [key, item] of Object.entries(fields)) {
      const text = this.write(item);
      this.#run.charge(1);
      if (text !== undefined) pieces.push(this.#text(key) + colon + text);
    }
    return this.#closed('{}', pieces, outer);
  }

  /** One level in; gives the line break of the level outside. */
  #descend(): string {
    const outer = this.#newLine;
    if (this.#isPretty) this.#newLine += '  ';
    this.#run.descend();
    return outer;
  }

  #closed(brackets: '[]' | '{}', pieces: readonly string[], outer: string): string {
    const inner = this.#newLine;
    this.#newLine = outer;
    this.#run.ascend();
    this.#run.allocate(pieces.length * (1 + inner.length) + 2);
    if (pieces.length === 0) return brackets;
    return `${brackets.charAt(0)}${inner}${pieces.join(`,${inner}`)}${outer}${brackets.charAt(1)}`;
  }
}

export function toJson(run: Run, value: unknown, isPretty: boolean): string {
  return new JsonWriter(run, isPretty).write(value) ?? '';
}
