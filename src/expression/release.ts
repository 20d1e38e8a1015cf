// The way out: what the evaluator made leaves as plain arrays and objects; what came from outside leaves as it is.
// Functions stay inside: a host that finds one under `toJSON` or `then` would call it.
import type { Run } from './run.ts';
import { isObject, Sequence, setField, WholeArray } from './values.ts';

/** As in JSON, null stands in a list for a function. */
function releasedArray(run: Run, value: readonly unknown[]): unknown {
  const copy: unknown[] = [];
  let isSame = !(value instanceof Sequence || value instanceof WholeArray);
  for (const item of value) {
    const released = typeof item === 'function' ? null : releasedDeep(run, item);
    isSame &&= released === item;
    copy.push(released);
  }
  return isSame ? value : copy;
}

/** As in JSON, a field that is a function is left out. */
function releasedObject(run: Run, value: Readonly<Record<string, unknown>>): unknown {
  const copy: Record<string, unknown> = {};
  let isSame = true;
  for (const key of Object.keys(value)) {
    const item = value[key];
    const released = releasedDeep(run, item);
    isSame &&= released === item && typeof item !== 'function';
    if (typeof released !== 'function') setField(copy, key, released);
  }
  return isSame ? value : copy;
}

/**
 * A copy where something changes, the same value elsewhere. Whatever is found is paid for each time that it is found: one
 * text in a thousand places is a thousand texts for whoever writes the result down.
 */
function releasedDeep(run: Run, value: unknown): unknown {
  run.charge(1);
  if (typeof value === 'string') run.allocate(value.length);
  if (typeof value !== 'object' || value === null) return value;
  run.descend();
  const isList = Array.isArray(value);
  const released = isList ? releasedArray(run, value) : isObject(value) ? releasedObject(run, value) : value;
  run.ascend();
  return released;
}

/** One text alone was paid for when it was made, or is the payload's. */
export function releasedValue(run: Run, value: unknown): unknown {
  return typeof value === 'object' && value !== null ? releasedDeep(run, value) : value;
}
