// `^( … )`: items in order of one or more terms.
import type { SortNode } from '../ast.ts';
import { Failure } from '../errors.ts';
import { mergeSort } from '../functions/arrays.ts';
import type { Code, Frame, Run } from '../run.ts';
import { comparing, Sequence } from '../values.ts';
import { compileFilters } from './filters.ts';
import { type Compiler, type Place, repeated, type Walk } from './part.ts';

export interface Term {
  readonly code: Code;
  readonly isDescending: boolean;
}

const isSortable = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** Below 0 when `a` comes first. Missing values come last; different kinds cannot be compared. */
function order(a: unknown, b: unknown, position: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (!isSortable(a) || !isSortable(b))
    throw new Failure('T2008', { value: isSortable(a) ? b : a }, position);
  if (typeof a !== typeof b) throw new Failure('T2007', { value: a, value2: b }, position);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Order {
  readonly terms: readonly Term[];
  readonly position: number;
  readonly frame: Frame;
}

/** Whether one item belongs after another. */
// hot: test/bench/expression.ts
function isAfterBy(run: Run, { terms, position, frame }: Order) {
  return (left: unknown, right: unknown): boolean => {
    for (const { code, isDescending } of terms) {
      const a = code(run, left, frame);
      const b = code(run, right, frame);
      if (typeof a === 'string' && typeof b === 'string') run.charge(comparing(a, b));
      const compared = order(a, b, position);
      // what is missing comes last in both directions
      const isReversed = isDescending && a !== undefined && b !== undefined;
      if (compared !== 0) return isReversed ? compared < 0 : compared > 0;
    }
    return false;
  };
}

export function termsOf(compiler: Compiler, node: SortNode, place: Place): Term[] {
  const inside = { ...place, isItem: true, isObserved: false };
  return node.terms.map(({ expression, isDescending }) => ({
    code: repeated(compiler.compile(expression, inside), expression).code,
    isDescending,
  }));
}

export function sorted(run: Run, items: readonly unknown[], by: Order): readonly unknown[] {
  return mergeSort(run, items, isAfterBy(run, by));
}

export function compileSort(compiler: Compiler, node: SortNode, place: Place): Walk {
  const { position } = node;
  const terms = termsOf(compiler, node, place);
  const filters = compileFilters(compiler, node.stages, place);
  return (run, items, frame) => {
    const inOrder = sorted(run, items, { terms, position, frame });
    const result = filters ? filters(run, inOrder, frame) : inOrder;
    return Array.isArray(result) ? result : Sequence.of1(result);
  };
}
