// A value as it may be shown: with a mark in place of each part that is made of a secret.
import { secretMark } from '../../expression/index.ts';
import type { PlacedExpression, ValueNode } from './text.ts';

function isSecretPart(part: string | PlacedExpression): boolean {
  return typeof part !== 'string' && part.expression.isSecret;
}

export function hasSecret(node: ValueNode): boolean {
  switch (node.kind) {
    case 'constant':
      return false;
    case 'expression':
      return isSecretPart(node.part);
    case 'text':
      return node.parts.some(isSecretPart);
    case 'list':
      return node.items.some(hasSecret);
    case 'map':
      return node.entries.some(([, item]) => hasSecret(item));
  }
}

export function concealed(node: ValueNode): ValueNode {
  if (!hasSecret(node)) return node;
  switch (node.kind) {
    case 'text':
      return { ...node, parts: node.parts.map((part) => (isSecretPart(part) ? secretMark : part)) };
    case 'list':
      return { ...node, items: node.items.map(concealed) };
    case 'map':
      return { ...node, entries: node.entries.map(([key, item]) => [key, concealed(item)] as const) };
    default:
      return { kind: 'constant', value: secretMark };
  }
}
