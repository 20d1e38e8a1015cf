// From text to a tree that is neither too long nor too deep: the same door for rules and for what $eval is given.
import type { Node } from './ast.ts';
import type { ExpressionProblem } from './contract.ts';
import { faultProblem, lengthProblem, limitProblem } from './limits.ts';
import { parse } from './parse.ts';
import { Spans } from './spans.ts';

export type ReadExpression =
  | { readonly node: Node; readonly spans: Spans }
  | { readonly problem: ExpressionProblem };

/** Never throws. */
export function readExpression(source: string): ReadExpression {
  const tooLong = lengthProblem(source);
  if (tooLong !== undefined) return { problem: tooLong };
  const spans = new Spans(source);
  const tooLarge = limitProblem(spans);
  if (tooLarge !== undefined) return { problem: tooLarge };
  const parsed = parse(source);
  if ('fault' in parsed) return { problem: faultProblem(source, parsed.fault, spans) };
  const tooDeep = limitProblem(spans, parsed.node);
  return tooDeep === undefined ? { node: parsed.node, spans } : { problem: tooDeep };
}
