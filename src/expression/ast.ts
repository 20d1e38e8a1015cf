// The syntax tree that the compiler works on: a closed union, made by `parse.ts` from the tree of the jsonata package.

export type Operator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'and'
  | 'or'
  | '&'
  | '..';

export interface Filter {
  readonly expression: Node;
  /** End of the `[`. */
  readonly position: number;
}

export type Pair = readonly [key: Node, value: Node];

export interface Group {
  readonly pairs: readonly Pair[];
  /** End of the `{`. */
  readonly position: number;
}

/** What a step of a path binds for all that comes after it. */
export interface TupleMarks {
  /** `@$x`: the item itself; the context stays the one before. */
  readonly focus: string | undefined;
  /** `#$i`: the position among the items of the step. */
  readonly index: string | undefined;
  /** The context before, under the label that `%` is resolved to. */
  readonly parent: string | undefined;
  /** `[…]#$i`: the position among all items that the first `after` filters left. */
  readonly positions: readonly { readonly name: string; readonly after: number }[];
}

/** What every node may carry. Positions are the ends of tokens, as the jsonata package counts them. */
export interface Base {
  readonly position: number;
  /** `[]` was written after it. */
  readonly keepArray: boolean;
  /** Applied to the whole value of the node. */
  readonly predicates: readonly Filter[];
  /** Applied to the value that the node has for each item of the step before. */
  readonly stages: readonly Filter[];
  readonly group?: Group;
  /** An array constructor at an end of a path: its array is one item, not many. */
  readonly isWhole: boolean;
  /** From such a step on a path carries variables with each item; a block or path inside hands its own ones on. */
  readonly tuple?: TupleMarks;
}

export interface LiteralNode extends Base {
  readonly type: 'literal';
  readonly value: string | number | boolean | null;
}
export interface RegexNode extends Base {
  readonly type: 'regex';
  readonly regex: RegExp;
}
export interface NameNode extends Base {
  readonly type: 'name';
  readonly name: string;
}
export interface PathNode extends Base {
  readonly type: 'path';
  readonly steps: readonly Node[];
  readonly keepSingleton: boolean;
}
export interface VariableNode extends Base {
  readonly type: 'variable';
  /** Without the `$`; empty for the context, `$` for the root. */
  readonly name: string;
}
export interface WildcardNode extends Base {
  readonly type: 'wildcard' | 'descendant';
}
/** `%`: what its label was bound to by the step it belongs to. */
export interface ParentNode extends Base {
  readonly type: 'parent';
  readonly label: string;
}
export interface NegateNode extends Base {
  readonly type: 'negate';
  readonly operand: Node;
}
export interface ArrayNode extends Base {
  readonly type: 'array';
  readonly items: readonly Node[];
}
export interface ObjectNode extends Base {
  readonly type: 'object';
  readonly pairs: readonly Pair[];
}
export interface BinaryNode extends Base {
  readonly type: 'binary';
  readonly operator: Operator;
  readonly left: Node;
  readonly right: Node;
}
export interface ConditionNode extends Base {
  readonly type: 'condition';
  readonly test: Node;
  readonly then: Node;
  readonly otherwise: Node | undefined;
}
/** `a ?? b` and `a ?: b`, which the parser spells out as conditions with two copies of `a`. */
export interface DefaultNode extends Base {
  readonly type: 'default';
  readonly operator: '??' | '?:';
  readonly left: Node;
  readonly right: Node;
}
export interface BlockNode extends Base {
  readonly type: 'block';
  readonly items: readonly Node[];
}
export interface BindNode extends Base {
  readonly type: 'bind';
  readonly name: string;
  readonly target: VariableNode;
  readonly value: Node;
}
export interface CallNode extends Base {
  readonly type: 'call';
  readonly procedure: Node;
  readonly args: readonly Node[];
}
export interface LambdaNode extends Base {
  readonly type: 'lambda';
  readonly params: readonly string[];
  readonly signature: string | undefined;
  readonly body: Node;
  /** It was not written here but named: its text is the name. */
  readonly isNamed?: true;
}
/** `f(?, x)`: a function that lacks the arguments left open; those are undefined here. */
export interface PartialNode extends Base {
  readonly type: 'partial';
  readonly procedure: Node;
  readonly args: readonly (Node | undefined)[];
}
/** `| pattern | update, deletion |`: a function that gives a changed copy. */
export interface TransformNode extends Base {
  readonly type: 'transform';
  readonly pattern: Node;
  readonly update: Node;
  readonly deletion: Node | undefined;
}
/** A call in tail position of a lambda: handed back to the caller instead of being made. */
export interface TailCallNode extends Base {
  readonly type: 'tail-call';
  readonly call: CallNode;
}
export interface ApplyNode extends Base {
  readonly type: 'apply';
  readonly left: Node;
  readonly right: Node;
}
export interface SortTerm {
  readonly isDescending: boolean;
  readonly expression: Node;
}
/** Only as a step of a path. */
export interface SortNode extends Base {
  readonly type: 'sort';
  readonly terms: readonly SortTerm[];
}
export interface UnsupportedNode extends Base {
  readonly type: 'unsupported';
  /** What was written, in words. */
  readonly construct: string;
}

export type Node =
  | LiteralNode
  | RegexNode
  | NameNode
  | PathNode
  | VariableNode
  | WildcardNode
  | ParentNode
  | NegateNode
  | ArrayNode
  | ObjectNode
  | BinaryNode
  | ConditionNode
  | DefaultNode
  | BlockNode
  | BindNode
  | CallNode
  | LambdaNode
  | PartialNode
  | TransformNode
  | TailCallNode
  | ApplyNode
  | SortNode
  | UnsupportedNode;

const pairNodes = (pairs: readonly Pair[]): Node[] => pairs.flat();

/** The parts that only this kind of node has, in the order in which they are written; no filters. */
export function ownParts(node: Node): readonly Node[] {
  switch (node.type) {
    case 'literal':
    case 'regex':
    case 'name':
    case 'variable':
    case 'wildcard':
    case 'descendant':
    case 'parent':
    case 'unsupported':
      return [];
    case 'path':
      return node.steps;
    case 'negate':
      return [node.operand];
    case 'array':
    case 'block':
      return node.items;
    case 'object':
      return pairNodes(node.pairs);
    case 'binary':
    case 'default':
    case 'apply':
      return [node.left, node.right];
    case 'condition':
      return node.otherwise ? [node.test, node.then, node.otherwise] : [node.test, node.then];
    case 'bind':
      return [node.value];
    case 'call':
      return [node.procedure, ...node.args];
    case 'lambda':
      return [node.body];
    case 'partial':
      return [node.procedure, ...node.args.filter((arg) => arg !== undefined)];
    case 'transform':
      return node.deletion ? [node.pattern, node.update, node.deletion] : [node.pattern, node.update];
    case 'tail-call':
      return [node.call];
    case 'sort':
      return node.terms.map((term) => term.expression);
  }
}

/** Every direct part of a node, filters and grouping included. */
export function partsOf(node: Node): readonly Node[] {
  if (node.predicates.length + node.stages.length === 0 && node.group === undefined) return ownParts(node);
  const filters = [...node.stages, ...node.predicates].map((filter) => filter.expression);
  return [...ownParts(node), ...filters, ...(node.group ? pairNodes(node.group.pairs) : [])];
}

/** Where a path begins to carry variables with each item; its length where it never does. */
export function tupleStart({ steps }: PathNode): number {
  const first = steps.findIndex((step) => step.tuple !== undefined);
  if (first < 0) return steps.length;
  // an array constructor at the start is evaluated once and binds nothing
  return first === 0 && steps[0]?.isWhole ? 1 : first;
}

/** Whether nothing was written behind a node: no filter, no grouping, no `[]`, no variable. */
export function isBare(node: Node): boolean {
  const { predicates, stages, keepArray, group, isWhole, tuple } = node;
  const hasFilters = predicates.length + stages.length > 0;
  return !hasFilters && !keepArray && group === undefined && !isWhole && tuple === undefined;
}

/** How many nodes there are. */
export function sizeOf(node: Node): number {
  return partsOf(node).reduce((size, part) => size + sizeOf(part), 1);
}

/** A code costs a step for so many nodes, wherever it runs once for each of many items or calls. */
const nodesPerStep = 16;

export function stepsOf(node: Node): number {
  return Math.floor(sizeOf(node) / nodesPerStep);
}

/** How many nodes lie inside each other, at most; what is evaluated for each of many items counts double. */
export function nestingOf(node: Node): number {
  const own = ownParts(node).map(nestingOf);
  const filters = [...node.stages, ...node.predicates].map(({ expression }) => 1 + nestingOf(expression));
  const groups = (node.group?.pairs ?? []).flat().map((part) => 1 + nestingOf(part));
  return 1 + Math.max(0, ...own, ...filters, ...groups);
}
