// What compiling a node gives, where a node stands, and what the kinds of nodes need of the compiler.
import { type CallNode, type Node, type PartialNode, stepsOf, type VariableNode } from '../ast.ts';
import type { Names } from '../names.ts';
import type { Code, Frame, Run } from '../run.ts';
import type { Spans } from '../spans.ts';
import type { BuiltIns } from './built-ins.ts';
import type { Variables } from './variables.ts';

/** What is known of a value before it exists; `truth` may also be missing. */
export type Kind = 'boolean' | 'truth' | 'any';

export interface Part {
  readonly code: Code;
  readonly kind: Kind;
  /** No sequence can come of it that still has to be collapsed. */
  readonly isSettled: boolean;
  /** The value itself, where it is written in the source. */
  readonly literal?: string | number | boolean | null;
}

export interface Operands {
  readonly left: Part;
  readonly right: Part;
}

/** Where a node stands: which variables it sees, and what a bare name means there. */
export interface Place {
  readonly variables: Variables;
  /** Inside `[…]` and after `.`: bare names belong to the item, not to the root. */
  readonly isItem: boolean;
  /** Whether values are recorded here; not where one part is evaluated many times. */
  readonly isObserved: boolean;
}

export function settled(code: Code, kind: Kind = 'any'): Part {
  return { code, kind, isSettled: true };
}

export function unsettled(code: Code): Part {
  return { code, kind: 'any', isSettled: false };
}

/** For a code that runs once for each of many items: a long one costs by its length. */
export function repeated(part: Part, node: Node): Part {
  const steps = stepsOf(node);
  const { code } = part;
  if (steps === 0) return part;
  const paid: Code = (run, input, frame) => {
    run.charge(steps);
    return code(run, input, frame);
  };
  return { ...part, code: paid };
}

/** From the items of one step of a path to those of the next. */
export type Walk = (run: Run, items: readonly unknown[], frame: Frame) => readonly unknown[] | undefined;

/** The compiler as the kinds of nodes see it. */
export interface Compiler {
  readonly names: Names;
  readonly builtIns: BuiltIns;
  /** A compiler for another text that knows the same names; its problems are its own. */
  within(spans: Spans): Compiler;
  /** One node with its filters and its grouping. */
  compile(node: Node, place: Place): Part;
  /** The value of `$`. */
  context(place: Place): Code;
  /** The value of `$$`. */
  root(): Code;
  /** A variable that no block or function binds: a function or a binding. */
  outsideVariable(name: string): Code;
  /** The same, reporting a name that stands for nothing. */
  unboundVariable(node: VariableNode, place: Place): Code;
  /** What a call calls, where that is not a built-in. */
  procedure(call: CallNode | PartialNode, place: Place): Code;
}
