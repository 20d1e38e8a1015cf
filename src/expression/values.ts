// What JSONata values are: sequences, truth, numbers, equality, text. Reads its arguments, never changes them.
import { Failure } from './errors.ts';
import { numberText, toJson } from './json.ts';
import type { Run } from './run.ts';

/** Several values that a path found: one is the same as the value itself, none is missing. Never leaves the evaluator. */
export class Sequence extends Array<unknown> {
  /** `[]` was written: one value stays an array. */
  keepSingleton = false;

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** V8 has a short way for plain arrays only: on a subclass the built-in one, and `for of`, take ten times as long. */
  // hot: test/bench/expression.ts
  override push(...items: unknown[]): number {
    for (let index = 0; index < items.length; index++) this[this.length] = items[index];
    return this.length;
  }

  static of1(value: unknown): Sequence {
    const sequence = new Sequence();
    sequence.push(value);
    return sequence;
  }
}

/** An input that is an array, held so that paths go over its one item. */
export class WrappedInput extends Sequence {}

/** A constructed array that paths take as one item. */
export class WholeArray extends Array<unknown> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** Whether it is a finite number; an infinite one cannot be calculated with. */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new Failure('D1001', { value });
  return true;
}

/** An object that is no array and no function. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a sequence comes to at the end of each part. */
export function collapse(value: unknown): unknown {
  if (!(value instanceof Sequence)) return value;
  if (value.length > 1) return value;
  return value.length === 0 ? undefined : value.keepSingleton ? value : value[0];
}

/** JSONata's cast: missing stays missing. */
export function toBoolean(run: Run, value: unknown): boolean | undefined {
  return value === undefined ? undefined : isTrue(run, value);
}

/** Missing, null, 0, '' and whatever is empty or holds only such is not true. */
export function isTrue(run: Run, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length > 0;
  if (typeof value === 'number') return isNumeric(value) && value !== 0;
  if (value === null || typeof value !== 'object') return false;
  if (!Array.isArray(value)) return keysOf(run, value).length > 0;
  run.charge(value.length);
  run.descend();
  // every item is cast, so that one that cannot be is an error wherever it stands
  const isAnyTrue =
    value.length === 1 ? isTrue(run, value[0]) : value.filter((item) => isTrue(run, item)).length > 0;
  run.ascend();
  return isAnyTrue;
}

/** The names of the fields; how many there are is known only afterwards. */
export function keysOf(run: Run, value: object): string[] {
  const keys = Object.keys(value);
  run.charge(keys.length >> 1);
  return keys;
}

/** The value of a field: own fields only, arrays item by item, results in one flat sequence. */
export function lookup(run: Run, input: unknown, key: string): unknown {
  if (!Array.isArray(input)) return isObject(input) && Object.hasOwn(input, key) ? input[key] : undefined;
  run.charge(input.length);
  run.descend();
  const found = new Sequence();
  for (let index = 0; index < input.length; index++) {
    const value = lookup(run, input[index], key);
    if (Array.isArray(value)) pushAll(run, found, value);
    else if (value !== undefined) found.push(value);
  }
  run.ascend();
  return found;
}

/** Adds every item; paid for first. */
export function pushAll(run: Run, target: unknown[], items: readonly unknown[]): void {
  run.allocateItems(items.length);
  for (let index = 0; index < items.length; index++) target.push(items[index]);
}

/** One list of two values, either of which may be a list, a single value or missing. */
export function append(run: Run, first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const all: unknown[] = [];
  pushAll(run, all, Array.isArray(first) ? first : [first]);
  pushAll(run, all, Array.isArray(second) ? second : [second]);
  return all;
}

/** Sets an own field, whatever its name. */
export function setField(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

function areEqualArrays(run: Run, a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  run.charge(a.length);
  return a.every((item, index) => isEqual(run, item, b[index]));
}

function areEqualObjects(
  run: Run,
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
) {
  const keys = keysOf(run, a);
  if (keys.length !== keysOf(run, b).length) return false;
  run.charge(keys.length);
  return keys.every((key) => Object.hasOwn(b, key)) && keys.every((key) => isEqual(run, a[key], b[key]));
}

/** By value: arrays in order, objects whatever the order of their keys. */
export function isEqual(run: Run, a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') run.charge(comparing(a, b));
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  run.descend();
  const areEqual =
    Array.isArray(a) && Array.isArray(b)
      ? areEqualArrays(run, a, b)
      : isObject(a) && isObject(b) && areEqualObjects(run, a, b);
  run.ascend();
  return areEqual;
}

/** The steps that it takes to compare two texts; none for short ones. */
export function comparing(a: string, b: string): number {
  return Math.min(a.length, b.length) >> 9;
}

/** The text of a value as `$string` gives it. */
export function toText(run: Run, value: unknown, isPretty = false): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return '';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Failure('D3001', { value });
    return numberText(value);
  }
  return toJson(run, value instanceof WrappedInput ? value[0] : value, isPretty);
}
