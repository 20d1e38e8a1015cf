// The comparison that an expression begins with: when it fails, the whole is not true, whatever comes after.
import { type BinaryNode, isBare, type Node } from '../ast.ts';
import type { Constant, Guard, GuardTest } from '../contract.ts';
import type { Spans } from '../spans.ts';

/** Operators whose order counts, seen from the other side. */
const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function constantsOf(node: Node): readonly Constant[] {
  const items = node.type === 'array' && isBare(node) ? node.items : [];
  const values = items.flatMap((item) => (item.type === 'literal' && isBare(item) ? [item.value] : []));
  return values.length === items.length ? values : [];
}

interface Read {
  readonly node: Node;
  readonly test: GuardTest;
}

function orderOf({ left, operator, right }: BinaryNode): Read | undefined {
  if (operator !== '<' && operator !== '<=' && operator !== '>' && operator !== '>=') return undefined;
  if (right.type === 'literal' && typeof right.value === 'number')
    return { node: left, test: { operator, constant: right.value } };
  if (left.type === 'literal' && typeof left.value === 'number')
    return { node: right, test: { operator: mirrored[operator], constant: left.value } };
  return undefined;
}

function equalityOf({ left, operator, right }: BinaryNode): Read | undefined {
  if (operator === 'in') {
    const constants = constantsOf(right);
    return constants.length === 0 ? undefined : { node: left, test: { operator: '=', constants } };
  }
  if (operator !== '=') return undefined;
  if (right.type === 'literal') return { node: left, test: { operator: '=', constants: [right.value] } };
  return left.type === 'literal'
    ? { node: right, test: { operator: '=', constants: [left.value] } }
    : undefined;
}

function readOf(node: Node): Read | undefined {
  const isLiteralBare = node.type !== 'binary' || (isBare(node.left) && isBare(node.right));
  if (node.type === 'binary' && isBare(node) && isLiteralBare) return orderOf(node) ?? equalityOf(node);
  return { node, test: { operator: 'true' } };
}

/** The leftmost part of `a and b and c`. */
function firstOf(node: Node): Node {
  if (!isBare(node)) return node;
  if (node.type === 'binary' && node.operator === 'and') return firstOf(node.left);
  const [only, ...others] = node.type === 'block' ? node.items : [];
  return only !== undefined && others.length === 0 ? firstOf(only) : node;
}

export function guardOf(node: Node, source: string, spans: Spans): Guard | undefined {
  const first = firstOf(node);
  const found = readOf(first);
  if (found === undefined || (found.node.type !== 'path' && found.node.type !== 'call')) return undefined;
  const { start, end } = spans.of(found.node);
  const isWhole = !hasAnd(node);
  return { read: source.slice(start, end), test: found.test, isWhole };
}

/** Whether something follows the first part. */
function hasAnd(node: Node): boolean {
  const [only] = node.type === 'block' ? node.items : [];
  return only === undefined ? node.type === 'binary' && node.operator === 'and' : hasAnd(only);
}
