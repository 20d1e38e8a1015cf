// A copy of a syntax tree with each node as a change gives it, inner ones before outer ones.
import type { Base, ConditionNode, Filter, Group, Node, Pair } from './ast.ts';

export type NodeChange = (node: Node) => Node;

type Of = (part: Node) => Node;

function filtersOf(filters: readonly Filter[], of: Of): readonly Filter[] {
  return filters.map((filter) => ({ ...filter, expression: of(filter.expression) }));
}

function pairsOf(pairs: readonly Pair[], of: Of): readonly Pair[] {
  return pairs.map(([key, value]) => [of(key), of(value)] as const);
}

function groupOf(group: Group | undefined, of: Of): Pick<Base, 'group'> {
  return group === undefined ? {} : { group: { ...group, pairs: pairsOf(group.pairs, of) } };
}

/** With the parts changed that only this kind of node has. */
function withOwnParts(node: Node, of: Of): Node {
  switch (node.type) {
    case 'literal':
    case 'regex':
    case 'name':
    case 'variable':
    case 'wildcard':
    case 'descendant':
    case 'parent':
    case 'unsupported':
      return node;
    case 'path':
      return { ...node, steps: node.steps.map(of) };
    case 'negate':
      return { ...node, operand: of(node.operand) };
    case 'array':
    case 'block':
      return { ...node, items: node.items.map(of) };
    case 'object':
      return { ...node, pairs: pairsOf(node.pairs, of) };
    case 'binary':
    case 'default':
    case 'apply':
      return { ...node, left: of(node.left), right: of(node.right) };
    case 'condition':
      return conditionOf(node, of);
    case 'bind':
      return { ...node, value: of(node.value) };
    case 'call':
      return { ...node, procedure: of(node.procedure), args: node.args.map(of) };
    case 'lambda':
      return { ...node, body: of(node.body) };
    case 'partial':
      return { ...node, procedure: of(node.procedure), args: node.args.map((arg) => maybe(arg, of)) };
    case 'transform': {
      const { pattern, update, deletion } = node;
      return { ...node, pattern: of(pattern), update: of(update), deletion: maybe(deletion, of) };
    }
    case 'tail-call': {
      const call = of(node.call);
      return call.type === 'call' ? { ...node, call } : node;
    }
    case 'sort':
      return {
        ...node,
        terms: node.terms.map((term) => ({ ...term, expression: of(term.expression) })),
      };
  }
}

function conditionOf(node: ConditionNode, of: Of): Node {
  const [test, then, otherwise] = [of(node.test), of(node.then), maybe(node.otherwise, of)];
  return { ...node, test, then, otherwise };
}

function maybe(node: Node | undefined, of: Of): Node | undefined {
  return node && of(node);
}

export function mapNodes(node: Node, change: NodeChange): Node {
  const of = (part: Node): Node => mapNodes(part, change);
  const own = withOwnParts(node, of);
  const filters = { predicates: filtersOf(node.predicates, of), stages: filtersOf(node.stages, of) };
  return change({ ...own, ...filters, ...groupOf(node.group, of) });
}
