// `*` and `**`: every field, and everything at any depth.
import type { Run } from '../run.ts';
import { collapse, Sequence, WrappedInput } from '../values.ts';
import { type Compiler, type Part, type Place, settled, unsettled } from './part.ts';

/** Adds a value, and whatever arrays inside arrays hold, to one flat list. */
function pushFlat(run: Run, target: unknown[], value: unknown): void {
  run.charge(1);
  if (!Array.isArray(value)) {
    target.push(value);
    return;
  }
  run.descend();
  for (const item of value) pushFlat(run, target, item);
  run.ascend();
}

export function compileWildcard(compiler: Compiler, place: Place): Part {
  const context = compiler.context(place);
  return unsettled((run, input, frame) => {
    const isWrapped = input instanceof WrappedInput;
    const value = isWrapped || !Array.isArray(input) ? context(run, input, frame) : input;
    if (typeof value !== 'object' || value === null) return new Sequence();
    const fields: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    // one array among the fields makes the result an array, even of one item or of none
    const result: unknown[] = fields.some(Array.isArray) ? [] : new Sequence();
    for (const field of fields) pushFlat(run, result, field);
    run.allocate(result.length * 8);
    return result;
  });
}

function pushAllWithin(run: Run, target: unknown[], value: unknown): void {
  run.allocateItems(1);
  if (!Array.isArray(value)) target.push(value);
  if (typeof value !== 'object' || value === null) return;
  run.descend();
  for (const item of Array.isArray(value) ? value : Object.values(value)) pushAllWithin(run, target, item);
  run.ascend();
}

export function compileDescendants(compiler: Compiler, place: Place): Part {
  const context = compiler.context(place);
  return settled((run, input, frame) => {
    const value = Array.isArray(input) ? input : context(run, input, frame);
    if (value === undefined) return undefined;
    const result = new Sequence();
    pushAllWithin(run, result, value);
    return collapse(result);
  });
}
