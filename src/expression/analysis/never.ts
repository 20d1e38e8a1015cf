// Expressions that can never be true, seen in their syntax: a constant, or a comparison that `lints.ts` warns of.
import { isBare, type Node } from '../ast.ts';
import { isNeverEqual } from '../lints.ts';

/** False only means that nothing is known. */
export function isNeverTrue(node: Node): boolean {
  if (!isBare(node)) return false;
  const [only, ...others] = node.type === 'block' ? node.items : [];
  if (only !== undefined) return isNeverTrue(others.at(-1) ?? only);
  if (node.type === 'literal') return node.value === false || node.value === null;
  if (node.type !== 'binary') return false;
  const { operator, left, right } = node;
  if (operator === 'and') return isNeverTrue(left) || isNeverTrue(right);
  if (operator === 'or') return isNeverTrue(left) && isNeverTrue(right);
  return isNeverEqual(node);
}
