// `{ key: value }` and grouping: keys first, then each value with all the items of its key.
import type { Group, ObjectNode, Pair } from '../ast.ts';
import { Failure } from '../errors.ts';
import type { Code, Frame, Run } from '../run.ts';
import { append, pushAll, setField } from '../values.ts';
import { type Compiler, type Part, type Place, repeated, settled } from './part.ts';

export interface PairCode {
  readonly key: Code;
  readonly value: Code;
}

interface Entry {
  data: unknown;
  /** The list was made here and can grow. */
  isGrowing: boolean;
  readonly pair: PairCode;
}

const reserved = new Set(['_jsonata_lambda', '_jsonata_function']);

function keyOf(run: Run, key: unknown, position: number): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string') throw new Failure('T1003', { value: key }, position);
  if (reserved.has(key)) throw new Failure('D1013', { value: key }, position);
  run.allocate(key.length);
  return key;
}

function listOf(item: unknown): readonly unknown[] {
  if (item === undefined) return [];
  return Array.isArray(item) ? item : [item];
}

/** An object, not a map: keys that look like numbers come first, as in the result. */
type Groups = Record<string, Entry>;

function group(
  run: Run,
  groups: Groups,
  found: { key: string; item: unknown; pair: PairCode; position: number },
) {
  const { key, item, pair, position } = found;
  const entry = Object.hasOwn(groups, key) ? groups[key] : undefined;
  if (entry === undefined) groups[key] = { data: item, isGrowing: false, pair };
  else if (entry.pair !== pair) throw new Failure('D1009', { value: key }, position);
  else if (entry.isGrowing && Array.isArray(entry.data)) pushAll(run, entry.data, listOf(item));
  else {
    entry.isGrowing = entry.data !== undefined && item !== undefined;
    entry.data = append(run, entry.data, item);
  }
}

function objectOf(run: Run, groups: Groups, frame: Frame): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(groups)) {
    const value = entry.pair.value(run, entry.data, frame);
    if (value !== undefined) setField(result, key, value);
  }
  return result;
}

/** One object of all items; where one key belongs to several, its value is that of all of them together. */
export function objectOfItems(
  run: Run,
  items: readonly unknown[],
  by: { pairs: readonly PairCode[]; position: number; frame: Frame },
): Record<string, unknown> {
  const { pairs, position, frame } = by;
  run.allocateItems(items.length * pairs.length);
  const groups: Groups = Object.create(null);
  for (const item of items)
    for (const pair of pairs) {
      const key = keyOf(run, pair.key(run, item, frame), position);
      if (key !== undefined) group(run, groups, { key, item, pair, position });
    }
  return objectOf(run, groups, frame);
}

function build(pairs: readonly PairCode[], position: number): Code {
  return (run, input, frame) => {
    const isEmpty = Array.isArray(input) && input.length === 0;
    const items: readonly unknown[] =
      Array.isArray(input) && !isEmpty ? input : [isEmpty ? undefined : input];
    return objectOfItems(run, items, { pairs, position, frame });
  };
}

export function pairCodes(compiler: Compiler, pairs: readonly Pair[], place: Place): PairCode[] {
  return pairs.map(([key, value]) => ({
    key: repeated(compiler.compile(key, place), key).code,
    value: repeated(compiler.compile(value, place), value).code,
  }));
}

export function compileObject(compiler: Compiler, node: ObjectNode, place: Place): Part {
  return settled(build(pairCodes(compiler, node.pairs, place), node.position));
}

/** Grouping of a value that is already there. */
export function groupCode(
  compiler: Compiler,
  { pairs, position }: Group,
  of: { place: Place; value: Code },
): Code {
  const inside = { ...of.place, isItem: true, isObserved: false };
  const grouped = build(pairCodes(compiler, pairs, inside), position);
  return (run, input, frame) => grouped(run, of.value(run, input, frame), frame);
}
