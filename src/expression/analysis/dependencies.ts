// What the value of an expression depends on, found in its syntax tree: more than it reads may be named, less never.
import {
  type ApplyNode,
  type BinaryNode,
  type CallNode,
  isBare,
  type Node,
  ownParts,
  type PathNode,
  type VariableNode,
} from '../ast.ts';
import { boundIn } from '../compile/variables.ts';
import type { ClockComparison, Dependencies } from '../contract.ts';
import type { FunctionReads } from '../functions/definition.ts';
import { findFunction } from '../functions/table.ts';
import { Signature } from '../signature.ts';
import { clockComparisonOf, clockTruthOf, isWindowLong } from './clock.ts';
import { DependencySet } from './dependency-set.ts';
import { literalText, topicFilterOf } from './topics.ts';

/** From the root to a value, by names; the empty one is the root itself. */
type Path = readonly string[];

/** The field of a device that each of its messages changes. */
const seen = 'seen';

/** Where a node stands. */
interface Place {
  /** The path of `$`; undefined inside values that count as read already. */
  readonly context: Path | undefined;
  /** Variables of blocks and functions in sight. */
  readonly bound: ReadonlySet<string>;
  /** Only the truth of the value counts, or it is the value of the whole. */
  readonly isTruth: boolean;
}

class DependencyWalk {
  readonly found = new DependencySet();
  readonly #names: ReadonlySet<string> | undefined;

  constructor(names: readonly string[] | undefined) {
    this.#names = names && new Set(names);
  }

  /** The whole value of a node is read. */
  visit(node: Node, place: Place): void {
    this.#read(this.#origin(node, place));
  }

  #read(path: Path | undefined): void {
    if (path !== undefined) this.found.addPath(path);
  }

  #visitAll(nodes: readonly Node[], place: Place): void {
    for (const node of nodes) this.visit(node, { ...place, isTruth: false });
  }

  /** The path that a value is found at and that is still to be read; undefined when all of it has been. */
  #origin(node: Node, place: Place): Path | undefined {
    const own = this.#ownOrigin(node, place);
    if (isBare(node)) return own;
    // filters and groups look at items one by one: which field belongs to which item counts
    this.#read(own);
    // `%` and the steps behind `@` are about the context before
    if (node.tuple?.parent !== undefined || node.tuple?.focus !== undefined) this.#read(place.context);
    const filters = [...node.stages, ...node.predicates].map(({ expression }) => expression);
    this.#visitAll([...filters, ...(node.group?.pairs.flat() ?? [])], { ...place, context: undefined });
    return undefined;
  }

  #ownOrigin(node: Node, place: Place): Path | undefined {
    const truth = place.isTruth ? clockTruthOf(node, place.bound) : undefined;
    if (truth !== undefined) {
      this.#clock(truth);
      return undefined;
    }
    switch (node.type) {
      case 'name':
        this.found.readsSeen ||= node.name === seen;
        return place.context && [...place.context, node.name];
      case 'path':
        return this.#path(node, place);
      case 'variable':
        return this.#variable(node, place);
      default:
        this.#parts(node, place);
        return undefined;
    }
  }

  #parts(node: Exclude<Node, { readonly type: 'name' | 'path' | 'variable' }>, place: Place): void {
    switch (node.type) {
      case 'literal':
        this.found.readsSeen ||= node.value === seen;
        return;
      case 'unsupported':
        return;
      case 'parent':
        // the step that it belongs to counts as read
        return;
      case 'wildcard':
      case 'descendant':
        this.found.readsSeen = true;
        return this.#read(place.context);
      case 'binary':
        return this.#binary(node, place);
      case 'call':
        return this.#call(node, node.args, place);
      case 'tail-call':
        return this.visit(node.call, place);
      case 'apply':
        return this.#apply(node, place);
      case 'negate':
        return this.visit(node.operand, { ...place, isTruth: false });
      case 'bind':
        return this.visit(node.value, { ...place, isTruth: false });
      case 'array':
        return this.#visitAll(node.items, place);
      case 'object':
        if (this.#names === undefined) this.#read(place.context);
        return this.#visitAll(node.pairs.flat(), place);
      case 'sort':
        return this.#visitAll(
          node.terms.map(({ expression }) => expression),
          place,
        );
      case 'default':
        return this.#visitAll([node.left, node.right], place);
      case 'condition':
        this.visit(node.test, { ...place, isTruth: true });
        this.visit(node.then, place);
        if (node.otherwise !== undefined) this.visit(node.otherwise, place);
        return;
      case 'block':
        return this.#block(node.items, place);
      case 'partial':
        return this.#visitAll(ownParts(node), place);
      case 'transform':
        return this.#visitAll(ownParts(node), { ...place, context: undefined });
      case 'lambda':
        return this.#block([node.body], { ...place, bound: new Set([...place.bound, ...node.params]) });
    }
  }

  #block(items: readonly Node[], outer: Place): void {
    const place = { ...outer, bound: new Set([...outer.bound, ...boundIn(items)]) };
    this.#visitAll(items.slice(0, -1), place);
    const last = items.at(-1);
    if (last !== undefined) this.visit(last, place);
  }

  /** Only plain names lead on; whatever else takes items one by one reads all of what comes before it. */
  #path({ steps }: PathNode, place: Place): Path | undefined {
    const [first, ...rest] = steps;
    // a root that is a list is gone through item by item by the whole path; only bindings are never one
    if (this.#names === undefined && first?.type !== 'name' && first?.type !== 'variable')
      this.#read(place.context);
    let path = first && this.#origin(first, { ...place, isTruth: place.isTruth && rest.length === 0 });
    for (const step of rest) {
      if (step.type === 'name') path = this.#origin(step, { ...place, context: path });
      else {
        this.#read(path);
        this.visit(step, { ...place, context: undefined, isTruth: false });
        path = undefined;
      }
    }
    return path;
  }

  #variable(node: VariableNode, place: Place): Path | undefined {
    if (node.name === '') return place.context;
    if (node.name === '$') return [];
    const definition = findFunction(node.name);
    if (definition !== undefined) for (const reads of definition.reads ?? []) this.#reads(reads, [], place);
    if (definition !== undefined || place.bound.has(node.name)) return undefined;
    return this.#names?.has(node.name) ? [node.name] : undefined;
  }

  #binary(node: BinaryNode, place: Place): void {
    const comparison = clockComparisonOf(node, place.bound);
    if (comparison !== undefined) return this.#clock(comparison);
    const isTruth = node.operator === 'and' || node.operator === 'or';
    this.visit(node.left, { ...place, isTruth });
    this.visit(node.right, { ...place, isTruth });
  }

  #clock(comparison: ClockComparison): void {
    this.found.comparisons.push(comparison);
    const [topic] = comparison.args;
    const isOfTopic = findFunction(comparison.function)?.reads?.includes('topic');
    if (isOfTopic && typeof topic === 'string') this.found.topics.add(topic);
  }

  #apply(node: ApplyNode, place: Place): void {
    if (node.right.type === 'call') return this.#call(node.right, [node.left, ...node.right.args], place);
    this.#visitAll([node.left, node.right], place);
  }

  #call(node: CallNode, args: readonly Node[], place: Place): void {
    const { procedure } = node;
    const isNot = procedure.type === 'variable' && procedure.name === 'not';
    for (const arg of args) this.visit(arg, { ...place, isTruth: isNot });
    const definition = procedure.type === 'variable' ? findFunction(procedure.name) : undefined;
    if (procedure.type !== 'variable' || definition === undefined || place.bound.has(procedure.name))
      return this.visit(procedure, { ...place, isTruth: false });
    const isRoot = this.#names !== undefined && place.context !== undefined;
    if (new Signature(definition.signature).mayTakeContext(args.length, isRoot)) this.#read(place.context);
    for (const reads of definition.reads ?? []) this.#reads(reads, args, place);
  }

  #topic(argument: Node | undefined, place: Place): void {
    const { found } = this;
    const named = argument && topicFilterOf(argument, { names: this.#names, ...place });
    if (named?.isExact !== true) found.isDynamic = true;
    found.topics.add(named?.filter);
  }

  #reads(reads: FunctionReads, args: readonly Node[], place: Place): void {
    const { found } = this;
    const [first] = args;
    switch (reads) {
      case 'clock':
        return found.addTick('second');
      case 'clock-with-picture':
        return args.length === 1 ? undefined : found.addTick('second');
      case 'window':
        return found.addTick(isWindowLong(args[1]) ? 'minute' : 'second');
      case 'random':
        found.isRandom = true;
        return;
      case 'topic':
      case 'filter':
        return this.#topic(first, place);
      case 'variable':
        return found.variables.add(first && literalText(first));
      case 'device':
        return found.devices.add(first && literalText(first));
      case 'devices':
        found.isDynamic = true;
        return found.labels.add(first && literalText(first));
      case 'anything':
        return found.addAll();
    }
  }
}

export function dependenciesOf(node: Node, names: readonly string[] | undefined): Dependencies {
  const walk = new DependencyWalk(names);
  walk.visit(node, { context: [], bound: new Set(boundIn([node])), isTruth: true });
  return walk.found.result();
}
