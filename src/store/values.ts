// SQL values in binary form, for rows that cross between the threads.
import type { ByteReader } from './byte-reader.ts';
import { type ByteWriter, largestVarint } from './byte-writer.ts';
import { storeError } from './errors.ts';

/** What a column can hold. */
export type Value = string | number | null | Uint8Array;

const tag = { null: 0, text: 1, integer: 2, double: 3, blob: 4 };

export function writeValue(to: ByteWriter, value: Value): void {
  if (typeof value === 'string') {
    to.byte(tag.text);
    to.text(value);
  } else if (value === null) {
    to.byte(tag.null);
  } else if (typeof value !== 'number') {
    to.byte(tag.blob);
    to.blob(value);
  } else if (Number.isInteger(value) && Math.abs(value) <= largestVarint) {
    to.byte(tag.integer);
    to.signed(value);
  } else {
    to.byte(tag.double);
    to.double(value);
  }
}

export function readValue(from: ByteReader): Value {
  const kind = from.byte();
  switch (kind) {
    case tag.null:
      return null;
    case tag.text:
      return from.text();
    case tag.integer:
      return from.signed();
    case tag.double:
      return from.double();
    case tag.blob:
      return from.blob();
    default:
      throw storeError('store-bad-chunk', `${kind} is no kind of value`);
  }
}

export function readValues(from: ByteReader, count: number): Value[] {
  const values: Value[] = [];
  for (let i = 0; i < count; i++) values.push(readValue(from));
  return values;
}
