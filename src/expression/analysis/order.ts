// An order comparison that is the whole expression, in its parts as written: what is to be compared with some slack.
import { isBare, type Node } from '../ast.ts';
import type { OrderComparison } from '../contract.ts';
import type { Spans } from '../spans.ts';

/** Text and the like have an order, but no distance. */
function mayBeNumber(node: Node): boolean {
  return node.type !== 'literal' || typeof node.value === 'number';
}

export function orderOf(node: Node, source: string, spans: Spans): OrderComparison | undefined {
  if (!isBare(node)) return undefined;
  const [only] = node.type === 'block' && node.items.length === 1 ? node.items : [];
  if (only !== undefined) return orderOf(only, source, spans);
  if (node.type !== 'binary') return undefined;
  const { operator, left, right } = node;
  if (operator !== '<' && operator !== '<=' && operator !== '>' && operator !== '>=') return undefined;
  if (!mayBeNumber(left) || !mayBeNumber(right)) return undefined;
  const textOf = (part: Node): string => {
    const { start, end } = spans.of(part);
    return source.slice(start, end);
  };
  return { left: textOf(left), operator, right: textOf(right) };
}
