// The steps of a path, walked exactly as the jsonata package does: item by item, results in one flat list.
import { isBare, type Node } from '../ast.ts';
import type { Code, Run } from '../run.ts';
import { collapse, isObject, lookup, pushAll, Sequence, WholeArray } from '../values.ts';
import { compileFilters, type FilterCode } from './filters.ts';
import { type Compiler, type Place, repeated, type Walk } from './part.ts';
import { compileSort } from './sorting.ts';

export interface Step {
  /** The value for one item, filters left out. */
  readonly code: Code;
  readonly walk: Walk;
}

export interface StepPlace extends Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** All values in one list. A single array that the data holds stays as it is at the end of a path. */
export function flatten(run: Run, values: readonly unknown[], isLast: boolean): readonly unknown[] {
  const [first] = values;
  if (isLast && values.length === 1 && Array.isArray(first) && !(first instanceof Sequence)) return first;
  const result = new Sequence();
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Array.isArray(value) && !(value instanceof WholeArray)) pushAll(run, result, value);
    else result.push(value);
  }
  return result;
}

/** The result of a path with `[]` in it: a single item stays a list. */
export function kept(items: readonly unknown[] | undefined): readonly unknown[] | undefined {
  const list = items instanceof WholeArray ? Sequence.of1(items) : items;
  if (list instanceof Sequence) list.keepSingleton = true;
  return list;
}

/** What there is for each item. */
function valuesOf(items: readonly unknown[], of: (item: unknown) => unknown): unknown[] {
  const values: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    const value = of(items[index]);
    if (value !== undefined) values.push(value);
  }
  return values;
}

function walkWith(code: Code, filters: FilterCode | undefined, isLast: boolean): Walk {
  return (run, items, frame) => {
    run.allocateItems(items.length);
    const values = valuesOf(items, (item) => {
      const value = code(run, item, frame);
      return filters ? filters(run, value, frame) : value;
    });
    return flatten(run, values, isLast);
  };
}

/** One field of each item; lists, as items or in fields, are left to the general code. */
// hot: test/bench/expression.ts
function walkField(key: string, code: Code, isLast: boolean): Walk {
  return (run, items, frame) => {
    run.allocateItems(items.length);
    const found = new Sequence();
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      const value = isObject(item) ? item[key] : Array.isArray(item) ? item : undefined;
      if (Array.isArray(value)) {
        const values = valuesOf(items, (each) => code(run, each, frame));
        return flatten(run, values, isLast);
      }
      if (value !== undefined) found.push(value);
    }
    return found;
  };
}

/** An array constructor at the start is evaluated once, whatever the context. */
function walkOnce(code: Code): Walk {
  return (run, items, frame) => {
    const value = code(run, items, frame);
    return Array.isArray(value) || value === undefined ? value : [];
  };
}

/** An own field; whatever else the object inherits is missing. */
export function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** No object inherits a field of that name, so there is no need to ask whose it is. */
export const isOwnOnly = (key: string): boolean => !(key in Object.prototype);

/** A bare name that belongs to the item. */
// hot: test/bench/expression.ts
export function nameCode(key: string): Code {
  if (!isOwnOnly(key))
    return (run, input) => collapse(Array.isArray(input) ? lookup(run, input, key) : fieldOf(input, key));
  return (run, input) => {
    if (!isObject(input)) return Array.isArray(input) ? collapse(lookup(run, input, key)) : undefined;
    const value = input[key];
    return typeof value === 'object' ? collapse(value) : value;
  };
}

export function compileStep(compiler: Compiler, node: Node, place: StepPlace): Step {
  if (node.type === 'sort') return { code: () => undefined, walk: compileSort(compiler, node, place) };
  const { code } = repeated(compiler.compile(node, place), node);
  const filters = compileFilters(compiler, node.stages, place);
  const isField = node.type === 'name' && isBare(node) && isOwnOnly(node.name);
  if (isField && (place.isItem || !compiler.names.areKnown))
    return { code, walk: walkField(node.name, code, place.isLast) };
  const walk = place.isFirst && node.isWhole ? walkOnce(code) : walkWith(code, filters, place.isLast);
  return { code, walk };
}
