// Warnings: expressions that are well formed and still cannot mean what they say.
import { shownValue } from '../base/index.ts';
import { type BinaryNode, type LiteralNode, type Node, partsOf } from './ast.ts';
import type { ExpressionProblem } from './contract.ts';
import type { Spans } from './spans.ts';

/** The name of the home function that a node calls without arguments. */
function clockCall(node: Node): string | undefined {
  if (node.type !== 'call' || node.args.length > 0 || node.procedure.type !== 'variable') return undefined;
  return node.procedure.name;
}

const shapes: Readonly<Record<string, { fits: (value: unknown) => boolean; says: string }>> = {
  time: {
    fits: (value) => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(value),
    says: '$time() is "HH:MM:SS"',
  },
  date: {
    fits: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
    says: '$date() is "YYYY-MM-DD"',
  },
  weekday: {
    fits: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 7,
    says: '$weekday() is a number from 1 (Monday) to 7',
  },
};

function meant(name: string, value: unknown): string | undefined {
  const isShortTime = name === 'time' && typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
  return isShortTime ? `$substring($time(), 0, 5) = '${value}'` : undefined;
}

interface Mismatch {
  readonly name: string;
  readonly literal: LiteralNode;
  readonly says: string;
}

/** A clock function beside a constant that is none of its values. */
function mismatchIn(node: BinaryNode): Mismatch | undefined {
  const [call, literal] = node.left.type === 'literal' ? [node.right, node.left] : [node.left, node.right];
  const name = clockCall(call);
  const shape = name === undefined ? undefined : shapes[name];
  if (name === undefined || shape === undefined || literal.type !== 'literal' || shape.fits(literal.value))
    return undefined;
  return { name, literal, says: shape.says };
}

/** Whether `=` stands between two sides that are never the same. */
export function isNeverEqual(node: BinaryNode): boolean {
  return node.operator === '=' && mismatchIn(node) !== undefined;
}

function neverEqual(node: BinaryNode, spans: Spans): ExpressionProblem | undefined {
  const mismatch = mismatchIn(node);
  if (mismatch === undefined) return undefined;
  const { name, literal, says } = mismatch;
  const suggestion = meant(name, literal.value);
  return {
    code: 'never-equal',
    message: `${says}, so it never equals ${JSON.stringify(literal.value)}`,
    params: { why: name, value: shownValue(literal.value) },
    position: spans.of(literal).start,
    ...(suggestion === undefined ? {} : { suggestion }),
    severity: 'warning',
  };
}

export function lintsOf(node: Node, spans: Spans): ExpressionProblem[] {
  const own = node.type === 'binary' && node.operator === '=' ? neverEqual(node, spans) : undefined;
  const inner = partsOf(node).flatMap((part) => lintsOf(part, spans));
  return own === undefined ? inner : [own, ...inner];
}
