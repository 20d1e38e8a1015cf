// Paths with `@$x`, `#$i` or `%`: each item carries the variables that were bound on the way to it.
import { type BlockNode, type Node, type PathNode, type TupleMarks, tupleStart } from '../ast.ts';
import { type Code, Frame, type Run } from '../run.ts';
import { collapse, Sequence } from '../values.ts';
import { filterOf } from './filters.ts';
import { type Compiler, type Part, type Place, repeated, settled, unsettled } from './part.ts';
import { sorted, termsOf } from './sorting.ts';
import { compileStep, kept, type StepPlace } from './steps.ts';
import { tupleGroupCode } from './tuple-groups.ts';
import {
  type Stream,
  type StreamCode,
  sortWalk,
  stageWalks,
  streamWalk,
  type TupleWalk,
  valueWalk,
} from './tuple-steps.ts';
import { type Tuple, TupleScope, tuplesIn } from './tuples.ts';
import { boundIn, Variables } from './variables.ts';

type StreamNode = PathNode | BlockNode;

/** Whether a node hands tuples on to the step that it stands in: `%` further out asks for one of its steps. */
export function isStream(node: Node): node is StreamNode {
  if (node.tuple === undefined || node.group !== undefined) return false;
  if (node.type === 'path') return tupleStart(node) < node.steps.length;
  const last = node.type === 'block' ? node.items.at(-1) : undefined;
  return last !== undefined && isStream(last);
}

function namesOfMarks({ focus, index, parent, positions }: TupleMarks): string[] {
  const names = [focus, index, parent].filter((name) => name !== undefined);
  return [...names, ...positions.map(({ name }) => name)];
}

/** Every name that the tuples of a path may carry, those of the streams inside it included. */
function namesOf(node: PathNode): string[] {
  return node.steps.slice(tupleStart(node)).flatMap((step) => {
    const own = step.tuple === undefined ? [] : namesOfMarks(step.tuple);
    return isStream(step) ? [...own, ...namesOfStream(step)] : own;
  });
}

function namesOfStream(node: StreamNode): string[] {
  if (node.type === 'path') return namesOf(node);
  const last = node.items.at(-1);
  return last !== undefined && isStream(last) ? namesOfStream(last) : [];
}

function checkNames(compiler: Compiler, steps: readonly Node[]): void {
  for (const step of steps)
    for (const name of step.tuple === undefined ? [] : namesOfMarks(step.tuple))
      compiler.names.checkBind({ name, target: step });
}

/** A sort that is the first to bind: the items are sorted as they are. */
function firstSort(
  compiler: Compiler,
  step: Node,
  at: { scope: TupleScope; outer: Place },
): TupleWalk | undefined {
  if (step.type !== 'sort') return undefined;
  const terms = termsOf(compiler, step, at.outer);
  const slot = at.scope.slotOf(step.tuple?.index ?? '');
  const { position } = step;
  return (run, tuples, frame) => {
    const items = tuples.map(({ item }) => item);
    return sorted(run, items, { terms, position, frame }).map((item, index) => {
      const tuple = at.scope.start(item);
      tuple.values[slot] = index;
      return tuple;
    });
  };
}

function stepWalk(compiler: Compiler, step: Node, at: { scope: TupleScope; place: Place }): TupleWalk {
  if (step.type === 'sort') return sortWalk(compiler, step, at);
  if (isStream(step)) return streamWalk(at.scope, compileStream(compiler, step, at.place));
  return valueWalk(at.scope, step.tuple, compiler.compile(step, at.place).code);
}

interface TuplePath {
  readonly scope: TupleScope;
  /** Whether the path ends with these items, before the first step that binds. */
  readonly isEnded: (items: readonly unknown[] | undefined) => boolean;
  /** The items of the steps before the first one that binds. */
  readonly before: (run: Run, input: unknown, frame: Frame) => readonly unknown[] | undefined;
  readonly tuples: (run: Run, items: readonly unknown[], frame: Frame) => readonly Tuple[];
}

function compileTuples(compiler: Compiler, node: PathNode, outer: Place): TuplePath {
  const start = tupleStart(node);
  const [before, after] = [node.steps.slice(0, start), node.steps.slice(start)];
  checkNames(compiler, after);
  const groupNodes = node.group?.pairs.flat() ?? [];
  const scope = new TupleScope(namesOf(node), [...after, ...groupNodes], outer.variables);
  const plainWalks = before.map((step, index) => plainWalk(compiler, step, { outer, index }));
  const tupleWalks = after.flatMap((step, index) => {
    const isRoot = start + index === 0;
    const item = { ...outer, variables: scope.variables, isItem: true, isObserved: false };
    const place = isRoot ? { ...outer, variables: scope.variables } : item;
    const first = index === 0 ? firstSort(compiler, step, { scope, outer }) : undefined;
    return [
      first ?? stepWalk(compiler, step, { scope, place }),
      ...stageWalks(compiler, step, { scope, place }),
    ];
  });
  const canEnd = before.some((step) => step.tuple === undefined);
  const inputs = inputsOf(compiler, node, outer);
  return {
    scope,
    before: (run, input, frame) => {
      let items: readonly unknown[] | undefined = inputs(run, input, frame);
      for (const walk of plainWalks) {
        items = walk(run, items, frame);
        if (items === undefined || items.length === 0) break;
      }
      return items;
    },
    isEnded: (items) => items === undefined || (items.length === 0 && canEnd),
    tuples: (run, items, frame) => {
      run.allocateItems(items.length);
      let tuples: readonly Tuple[] = items.map((item) => scope.start(item));
      for (const walk of tupleWalks) tuples = walk(run, tuples, frame);
      return tuples;
    },
  };
}

/** All tuples of a path; undefined when it ended before there could be any. */
function streamCode({ before, isEnded, tuples }: TuplePath): StreamCode {
  return (run, input, frame) => {
    const items = before(run, input, frame);
    return isEnded(items) ? undefined : tuples(run, items ?? [], frame);
  };
}

/** A step before the first one that binds. An array constructor at the start with `@` is evaluated for nothing. */
function plainWalk(compiler: Compiler, step: Node, at: { outer: Place; index: number }) {
  const { outer, index } = at;
  const isFirst = index === 0;
  const inner = isFirst ? outer : { ...outer, isItem: true, isObserved: false };
  const place: StepPlace = { ...inner, isFirst, isLast: false };
  const { walk } = compileStep(compiler, step, place);
  if (step.tuple?.focus === undefined) return walk;
  return (run: Run, items: readonly unknown[], frame: Frame) => {
    walk(run, items, frame);
    return items;
  };
}

/** What the first step is evaluated for. Where the root is made of bindings, `%` and what follows `@` mean all of it. */
function inputsOf(compiler: Compiler, node: PathNode, outer: Place) {
  const [first] = node.steps;
  const isAbsolute = first?.type === 'variable';
  const isKept = first?.tuple?.parent !== undefined || first?.tuple?.focus !== undefined;
  const isOfBindings = isKept && compiler.names.areKnown && !outer.isItem;
  const context: Code = isOfBindings ? compiler.context(outer) : (_run, input) => input;
  return (run: Run, input: unknown, frame: Frame): readonly unknown[] => {
    const value = context(run, input, frame);
    return Array.isArray(value) && !isAbsolute ? value : Sequence.of1(value);
  };
}

export function compileStream(compiler: Compiler, node: StreamNode, place: Place): Stream {
  if (node.type === 'path') {
    const path = compileTuples(compiler, node, place);
    return { names: path.scope.names, code: streamCode(path) };
  }
  return filtered(compiler, node, { place, stream: blockStream(compiler, node, place) });
}

function blockStream(compiler: Compiler, node: BlockNode, outer: Place): Stream {
  const variables = new Variables(boundIn(node.items), outer.variables);
  const place = { ...outer, variables };
  const earlier = node.items.slice(0, -1).map((item) => compiler.compile(item, place).code);
  const last = node.items.at(-1);
  if (last === undefined || !isStream(last)) return { names: [], code: () => undefined };
  const { names, code } = compileStream(compiler, last, place);
  const { size } = variables;
  return {
    names,
    code: (run, input, frame) => {
      const inner = new Frame(size, frame);
      for (const item of earlier) item(run, input, inner);
      return code(run, input, inner);
    },
  };
}

/** `( … )[…]` sees the variables of what is filtered. */
function filtered(compiler: Compiler, node: BlockNode, of: { place: Place; stream: Stream }): Stream {
  const { names, code } = of.stream;
  if (node.predicates.length === 0) return of.stream;
  const nodes = node.predicates.map(({ expression }) => expression);
  const scope = new TupleScope(names, nodes, of.place.variables);
  const inside = { ...of.place, variables: scope.variables, isItem: true, isObserved: false };
  const filters = nodes.map((filter) => {
    const part = repeated(compiler.compile(filter, inside), filter);
    return filterOf({ ...part, code: scope.lifted(part.code) });
  });
  return {
    names,
    code: (run, input, frame) => {
      const found = code(run, input, frame);
      // where there is nothing, the filters still see that
      let tuples = found ?? [scope.start(undefined)];
      for (const filter of filters) tuples = tuplesIn(filter(run, tuples, frame));
      return found && tuples;
    },
  };
}

function itemsOf(run: Run, tuples: readonly Tuple[] | undefined): Sequence {
  const items = new Sequence();
  run.allocateItems(tuples?.length ?? 0);
  for (const { item } of tuples ?? []) items.push(item);
  return items;
}

export function compileTuplePath(compiler: Compiler, node: PathNode, place: Place): Part {
  const path = compileTuples(compiler, node, place);
  if (node.group !== undefined) {
    const { scope } = path;
    return unsettled(tupleGroupCode(compiler, node.group, { place, scope, code: streamCode(path) }));
  }
  return unsettled((run, input, frame) => {
    const items = path.before(run, input, frame);
    const found = path.isEnded(items) ? items : itemsOf(run, path.tuples(run, items ?? [], frame));
    return node.keepSingleton ? kept(found) : found;
  });
}

/** A stream where no step takes its tuples: the items alone. */
export function itemsOfStream(compiler: Compiler, node: StreamNode, place: Place): Part {
  const { code } = compileStream(compiler, node, place);
  const keepSingleton = node.keepArray || (node.type === 'path' && node.keepSingleton);
  return settled((run, input, frame) => {
    const items = itemsOf(run, code(run, input, frame));
    items.keepSingleton = keepSingleton;
    return collapse(items);
  });
}
