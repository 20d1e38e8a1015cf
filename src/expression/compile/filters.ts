// `[…]`: one item by its number, or all items for which a condition holds.
import type { Filter } from '../ast.ts';
import type { Frame, Run } from '../run.ts';
import { isNumeric, isTrue, Sequence } from '../values.ts';
import { type Compiler, type Part, type Place, repeated } from './part.ts';

/** Filters a value; a single one counts as a list of one. */
export type FilterCode = (run: Run, value: unknown, frame: Frame) => unknown;

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Negative numbers count from the end. */
function indexIn(length: number, index: number): number {
  const whole = Math.floor(index);
  return whole < 0 ? length + whole : whole;
}

function byNumber(index: number): FilterCode {
  return (_run, value) => {
    const items = listOf(value);
    const item = items[indexIn(items.length, index)];
    if (Array.isArray(item)) return item;
    return item === undefined ? new Sequence() : Sequence.of1(item);
  };
}

/** How often a condition picks the item at `index`: numbers pick by position, anything else by its truth. */
function picks(run: Run, found: unknown, at: { index: number; length: number }): number {
  const numbers = isNumeric(found) ? [found] : found;
  if (!Array.isArray(numbers)) return isTrue(run, found) ? 1 : 0;
  run.charge(numbers.length);
  if (numbers.filter((item) => !isNumeric(item)).length > 0) return isTrue(run, found) ? 1 : 0;
  return numbers.filter((item: number) => indexIn(at.length, item) === at.index).length;
}

function byCondition({ code, kind }: Part): FilterCode {
  return (run, value, frame) => {
    const items = listOf(value);
    const result = new Sequence();
    run.allocateItems(items.length);
    for (let index = 0; index < items.length; index++) {
      const found = code(run, items[index], frame);
      if (found === true) result.push(items[index]);
      else if (kind === 'any' && found !== false) {
        const times = picks(run, found, { index, length: items.length });
        for (let i = 0; i < times; i++) result.push(items[index]);
      }
    }
    return result;
  };
}

export function filterOf(part: Part): FilterCode {
  return typeof part.literal === 'number' ? byNumber(part.literal) : byCondition(part);
}

/** All filters, one after the other; undefined when there are none. */
export function compileFilters(
  compiler: Compiler,
  filters: readonly Filter[],
  place: Place,
): FilterCode | undefined {
  if (filters.length === 0) return undefined;
  const inside = { ...place, isItem: true, isObserved: false };
  const codes = filters.map(({ expression }) =>
    filterOf(repeated(compiler.compile(expression, inside), expression)),
  );
  return (run, value, frame) => codes.reduce((current, code) => code(run, current, frame), value);
}
