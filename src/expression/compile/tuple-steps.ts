// The steps of a path that carries variables: from the tuples of one step to those of the next.
import type { Node, SortNode, TupleMarks } from '../ast.ts';
import type { Code, Frame, Run } from '../run.ts';
import { unbound } from '../run.ts';
import { filterOf } from './filters.ts';
import { type Compiler, type Place, repeated } from './part.ts';
import { sorted, termsOf } from './sorting.ts';
import { Tuple, type TupleScope, tuplesIn } from './tuples.ts';

export type TupleWalk = (run: Run, tuples: readonly Tuple[], frame: Frame) => readonly Tuple[];

/** The tuples that a path gives for one input; undefined when it ended before there were any. */
export type StreamCode = (run: Run, input: unknown, frame: Frame) => readonly Tuple[] | undefined;

/** The tuples of a path or block inside a step, with the names that they carry. */
export interface Stream {
  readonly names: readonly string[];
  readonly code: StreamCode;
}

/** What a step writes into its tuples, by slot. */
type Bind = (values: unknown[], found: { item: unknown; position: number; parent: unknown }) => void;

function bindOf(scope: TupleScope, marks: TupleMarks | undefined): Bind {
  const slotOf = (name: string | undefined) => (name === undefined ? undefined : scope.slotOf(name));
  const focus = slotOf(marks?.focus);
  const index = slotOf(marks?.index);
  const parent = slotOf(marks?.parent);
  return (values, found) => {
    if (focus !== undefined) values[focus] = found.item;
    if (index !== undefined) values[index] = found.position;
    if (parent !== undefined) values[parent] = found.parent;
  };
}

function charge(run: Run, scope: TupleScope, count: number): void {
  run.allocateItems(count);
  run.allocate(count * scope.names.length * 8);
}

/** Every item of the value of a step becomes a tuple. */
export function valueWalk(scope: TupleScope, marks: TupleMarks | undefined, code: Code): TupleWalk {
  const bind = bindOf(scope, marks);
  const keepsContext = marks?.focus !== undefined;
  return (run, tuples, frame) => {
    run.charge(tuples.length);
    const next: Tuple[] = [];
    for (const tuple of tuples) {
      const found = code(run, tuple.item, scope.frameOf(tuple, frame));
      if (found === undefined) continue;
      const items: readonly unknown[] = Array.isArray(found) ? found : [found];
      charge(run, scope, items.length);
      for (let position = 0; position < items.length; position++) {
        const item = items[position];
        const values = tuple.values.slice();
        bind(values, { item, position, parent: tuple.item });
        next.push(new Tuple(keepsContext ? tuple.item : item, values));
      }
    }
    return next;
  };
}

/** The tuples of what is inside a step join those before it. */
export function streamWalk(scope: TupleScope, { names, code }: Stream): TupleWalk {
  const slots = names.map((name) => scope.slotOf(name));
  return (run, tuples, frame) => {
    run.charge(tuples.length);
    const next: Tuple[] = [];
    for (const tuple of tuples) {
      const found = code(run, tuple.item, scope.frameOf(tuple, frame)) ?? [];
      charge(run, scope, found.length);
      for (const inner of found) {
        const values = tuple.values.slice();
        for (const [index, slot] of slots.entries())
          if (inner.values[index] !== unbound) values[slot] = inner.values[index];
        next.push(new Tuple(inner.item, values));
      }
    }
    return next;
  };
}

export function sortWalk(
  compiler: Compiler,
  node: SortNode,
  at: { scope: TupleScope; place: Place },
): TupleWalk {
  const terms = termsOf(compiler, node, at.place).map((term) => ({
    ...term,
    code: at.scope.lifted(term.code),
  }));
  const { position } = node;
  return (run, tuples, frame) => tuplesIn(sorted(run, tuples, { terms, position, frame }));
}

function positionWalk(slot: number): TupleWalk {
  return (run, tuples) => {
    run.charge(tuples.length);
    for (const [position, tuple] of tuples.entries()) tuple.values[slot] = position;
    return tuples;
  };
}

/** The filters of a step and the positions that are taken between them; they see all tuples of the step at once. */
export function stageWalks(
  compiler: Compiler,
  step: Node,
  at: { scope: TupleScope; place: Place },
): TupleWalk[] {
  const { scope, place } = at;
  const positions = step.tuple?.positions ?? [];
  const positionsAfter = (count: number) =>
    positions.filter(({ after }) => after === count).map(({ name }) => positionWalk(scope.slotOf(name)));
  const filters = step.stages.map(({ expression }): TupleWalk => {
    const part = repeated(
      compiler.compile(expression, { ...place, isItem: true, isObserved: false }),
      expression,
    );
    const filter = filterOf({ ...part, code: scope.lifted(part.code) });
    return (run, tuples, frame) => tuplesIn(filter(run, tuples, frame));
  });
  return [
    ...positionsAfter(0),
    ...filters.flatMap((filter, index) => [filter, ...positionsAfter(index + 1)]),
  ];
}
