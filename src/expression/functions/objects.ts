// Functions of objects: their keys, their fields, putting them together and taking them apart.
import { roundedNumber } from '../json.ts';
import type { Run } from '../run.ts';
import { isNumeric, isObject, lookup, pushAll, Sequence, setField, WrappedInput } from '../values.ts';
import type { FunctionDefinition } from './definition.ts';

function keysOf(run: Run, value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    run.charge(value.length);
    // an object, not a set: keys that look like numbers come first, as they do in objects
    const merged: Record<string, unknown> = {};
    run.descend();
    for (const item of value) for (const key of keysOf(run, item)) setField(merged, key, true);
    run.ascend();
    return Object.keys(merged);
  }
  if (!isObject(value)) return [];
  const keys = Object.keys(value);
  run.allocateItems(keys.length);
  return keys;
}

function keys(run: Run, value: unknown): Sequence {
  const result = new Sequence();
  for (const key of keysOf(run, value)) result.push(key);
  return result;
}

function spread(run: Run, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return new Sequence();
    const all: unknown[] = [];
    run.descend();
    for (const item of value) {
      const pieces = spread(run, item);
      if (Array.isArray(pieces)) pushAll(run, all, pieces);
      else if (pieces !== undefined) all.push(pieces);
    }
    run.ascend();
    return all;
  }
  if (!isObject(value)) return value;
  const pieces = new Sequence();
  for (const key of keysOf(run, value)) {
    const piece: Record<string, unknown> = {};
    setField(piece, key, value[key]);
    pieces.push(piece);
  }
  return pieces;
}

function lookupField(run: Run, value: unknown, key: string | undefined): unknown {
  if (key === undefined) return undefined;
  run.charge(key.length >> 6);
  return lookup(run, value, key);
}

function merge(run: Run, objects: readonly Readonly<Record<string, unknown>>[] | undefined): unknown {
  if (objects === undefined) return undefined;
  const merged: Record<string, unknown> = {};
  for (const object of objects) for (const key of keysOf(run, object)) setField(merged, key, object[key]);
  return merged;
}

/** What reading the JSON text of a value gives; the objects that are made on the way are added to `made`. */
export function cloned(run: Run, value: unknown, made: Record<string, unknown>[]): unknown {
  run.charge(1);
  if (typeof value === 'number') return isNumeric(value) ? roundedNumber(value) : null;
  if (value === undefined) return null;
  if (typeof value === 'function') return '';
  if (Array.isArray(value)) {
    run.allocateItems(value.length);
    run.descend();
    const items = Array.from(value, (item) => cloned(run, item, made));
    run.ascend();
    return items;
  }
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  made.push(copy);
  run.descend();
  for (const key of Object.keys(value)) {
    if (value[key] === undefined) continue;
    run.charge(1);
    run.allocate(key.length + 8);
    setField(copy, key, cloned(run, value[key], made));
  }
  run.ascend();
  return copy;
}

export const objectFunctions: readonly FunctionDefinition[] = [
  {
    name: 'keys',
    signature: '<x-:a<s>>',
    en: 'The names of the fields of an object, or of all objects of an array.',
    zh: '对象（或数组中所有对象）的字段名。',
    example: { source: '$keys({"on": true, "level": 3})', result: ['on', 'level'] },
    call: keys,
  },
  {
    name: 'lookup',
    signature: '<x-s:x>',
    en: 'The field of that name of an object, or of each object of an array.',
    zh: '按名称取对象（或数组中每个对象）的字段。',
    example: { source: '$lookup({"on": true}, "on")', result: true },
    call: lookupField,
  },
  {
    name: 'spread',
    signature: '<x-:a<o>>',
    en: 'An array of objects with one field each.',
    zh: '把对象拆成若干只含一个字段的对象。',
    example: { source: '$spread({"a": 1, "b": 2})', result: [{ a: 1 }, { b: 2 }] },
    call: spread,
  },
  {
    name: 'merge',
    signature: '<a<o>:o>',
    en: 'One object of an array of objects; later fields win.',
    zh: '把对象数组合并成一个对象，后者优先。',
    example: { source: '$merge([{"a": 1}, {"b": 2}])', result: { a: 1, b: 2 } },
    call: merge,
  },
  {
    name: 'clone',
    signature: '<(oa)-:o>',
    en: 'A copy of an object or array.',
    zh: '对象或数组的副本。',
    example: { source: '$clone({"a": 1})', result: { a: 1 } },
    call: (run: Run, value: unknown): unknown =>
      value === undefined ? undefined : cloned(run, value instanceof WrappedInput ? value[0] : value, []),
  },
];
