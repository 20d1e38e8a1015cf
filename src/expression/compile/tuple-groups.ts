// `path{ key: value }` where the path carries variables: they are seen by the keys, and, taken together, by the values.
import type { Group } from '../ast.ts';
import { type Code, type Run, unbound } from '../run.ts';
import { pushAll } from '../values.ts';
import { objectOfItems, pairCodes } from './objects.ts';
import type { Compiler, Place } from './part.ts';
import type { StreamCode } from './tuple-steps.ts';
import { Tuple, type TupleScope, tuplesIn } from './tuples.ts';

/** One value stays itself; several become one list of what they hold. */
function joined(run: Run, values: readonly unknown[]): unknown {
  const bound = values.filter((value) => value !== unbound && value !== undefined);
  if (bound.length === 0) return values.some((value) => value !== unbound) ? undefined : unbound;
  if (bound.length === 1) return bound[0];
  const all: unknown[] = [];
  for (const value of bound) pushAll(run, all, Array.isArray(value) ? value : [value]);
  return all;
}

/** All tuples of one key as one. */
function together(run: Run, data: unknown): Tuple | undefined {
  if (data instanceof Tuple) return data;
  const tuples = tuplesIn(data);
  run.allocateItems(tuples.length);
  const items = tuples.map(({ item }) => item);
  const slots = tuples[0]?.values ?? [];
  const values = slots.map((_, slot) =>
    joined(
      run,
      tuples.map((tuple) => tuple.values[slot]),
    ),
  );
  return new Tuple(joined(run, items), values);
}

export function tupleGroupCode(
  compiler: Compiler,
  { pairs, position }: Group,
  of: { place: Place; scope: TupleScope; code: StreamCode },
): Code {
  const { scope, code } = of;
  const inside = { ...of.place, variables: scope.variables, isItem: true, isObserved: false };
  const lifted = pairCodes(compiler, pairs, inside).map(({ key, value }) => {
    const ofTuple = scope.lifted(value);
    const ofAll: Code = (run, data, frame) => ofTuple(run, together(run, data), frame);
    return { key: scope.lifted(key), value: ofAll };
  });
  return (run, input, frame) => {
    const tuples = code(run, input, frame) ?? [scope.start(undefined)];
    return objectOfItems(run, tuples, { pairs: lifted, position, frame });
  };
}
