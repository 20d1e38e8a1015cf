// Functions that somebody beside the house offers, written in JSONata: `$id_name`. Where an expression names one, its tree
// gets the function itself, so that what it reads, costs and may do is that of the expression.
import { type LambdaNode, type Node, partsOf } from './ast.ts';
import { NodeCompiler } from './compile/compiler.ts';
import type { ExpressionProblem, FunctionLookup } from './contract.ts';
import { mapNodes } from './map-nodes.ts';
import { pastFaults } from './past-calls.ts';
import { readExpression } from './read.ts';

export interface OfferedFunction {
  /** As it is called, without the `$`. */
  readonly name: string;
  /** `function($celsius) { $celsius * 1.8 + 32 }` */
  readonly source: string;
  readonly en: string;
  readonly zh: string;
}

type Read = { readonly lambda: LambdaNode } | { readonly problems: readonly ExpressionProblem[] };

const notFunction: ExpressionProblem = {
  code: 'no-function',
  message: 'expected one function, such as function($a) { $a * 2 }',
  position: 0,
  severity: 'error',
};

/** A function sees its parameters and the functions of the house: no names, no secrets, no `$at`. */
function readFunction(source: string): Read {
  const read = readExpression(source);
  if ('problem' in read) return { problems: [read.problem] };
  const { node, spans } = read;
  if (node.type !== 'lambda' || node.predicates.length > 0 || node.group !== undefined)
    return { problems: [notFunction] };
  const compiler = new NodeCompiler({ names: [], spans, secrets: 'refused' });
  compiler.program(node);
  const problems = [...compiler.names.problems, ...pastFaults(node, spans)];
  const errors = problems.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? { problems: errors } : { lambda: node };
}

/** What is wrong with the text of a function; nothing when it can be offered. */
export function functionProblems(source: string): readonly ExpressionProblem[] {
  const read = readFunction(source);
  return 'problems' in read ? read.problems : [];
}

export class OfferedFunctions implements FunctionLookup {
  readonly #byOwner = new Map<string, readonly OfferedFunction[]>();
  readonly #lambdas = new Map<string, LambdaNode>();

  /** All that one owner offers now; what cannot be read is left out. Gives the names that came, changed or went. */
  set(owner: string, functions: readonly OfferedFunction[]): ReadonlySet<string> {
    const before = new Map((this.#byOwner.get(owner) ?? []).map(({ name, source }) => [name, source]));
    const changed = new Set<string>();
    for (const { name, source } of functions) {
      const isSame = before.get(name) === source;
      before.delete(name);
      if (isSame) continue;
      changed.add(name);
      const read = readFunction(source);
      if ('lambda' in read) this.#lambdas.set(name, read.lambda);
      else this.#lambdas.delete(name);
    }
    for (const name of before.keys()) {
      changed.add(name);
      this.#lambdas.delete(name);
    }
    if (functions.length === 0) this.#byOwner.delete(owner);
    else this.#byOwner.set(owner, functions);
    return changed;
  }

  /** By name. */
  list(): readonly OfferedFunction[] {
    return [...this.#byOwner.values()].flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): LambdaNode | undefined {
    return this.#lambdas.get(name);
  }

  names(): Iterable<string> {
    return this.#lambdas.keys();
  }
}

/** Names that the expression itself binds somewhere: these are never taken for functions of others. */
function boundAnywhere(node: Node, bound = new Set<string>()): ReadonlySet<string> {
  if (node.type === 'bind') bound.add(node.name);
  if (node.type === 'lambda') for (const name of node.params) bound.add(name);
  for (const name of [node.tuple?.focus, node.tuple?.index]) if (name !== undefined) bound.add(name);
  for (const part of partsOf(node)) boundAnywhere(part, bound);
  return bound;
}

/** A copy whose every part stands where the function is named. */
function placedAt(lambda: LambdaNode, position: number): Node {
  const placed = mapNodes(lambda, (node) => ({
    ...node,
    position,
    predicates: node.predicates.map((filter) => ({ ...filter, position })),
    stages: node.stages.map((filter) => ({ ...filter, position })),
    ...(node.group && { group: { ...node.group, position } }),
  }));
  return placed.type === 'lambda' ? { ...placed, isNamed: true } : placed;
}

/** The tree with the functions that it names. */
export function withOffered(node: Node, source: string, functions: FunctionLookup): Node {
  if (![...functions.names()].some((name) => source.includes(`$${name}`))) return node;
  const bound = boundAnywhere(node);
  return mapNodes(node, (each) => {
    if (each.type !== 'variable' || bound.has(each.name)) return each;
    const lambda = functions.find(each.name);
    if (lambda === undefined) return each;
    const { keepArray, predicates, stages, group, isWhole } = each;
    const around = { keepArray, predicates, stages, isWhole, ...(group && { group }) };
    return { ...placedAt(lambda, each.position), ...around };
  });
}
