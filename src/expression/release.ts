// The way out: what the evaluator made leaves as plain arrays and objects; what came from outside leaves as it is.
import type { Run } from './run.ts';
import { isObject, Sequence, setField, WholeArray } from './values.ts';

/** Arrays that only the evaluator knows, anywhere inside: copies where something changes, the same value elsewhere. */
function releasedDeep(run: Run, value: unknown): unknown {
  run.charge(1);
  if (Array.isArray(value)) {
    const items = value.map((item) => releasedDeep(run, item));
    const isOurs = value instanceof Sequence || value instanceof WholeArray;
    return isOurs || items.some((item, index) => item !== value[index]) ? Array.from(items) : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, releasedDeep(run, item), item] as const);
  if (entries.every(([, released, item]) => released === item)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, released] of entries) setField(copy, key, released);
  return copy;
}

export function releasedValue(run: Run, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (run.hasNested) return releasedDeep(run, value);
  return value instanceof Sequence || value instanceof WholeArray ? Array.from(value) : value;
}
