// `$at`, which reads what a topic was at an instant: where nothing may ask for the past, naming it is a problem.
import { type Node, partsOf } from './ast.ts';
import type { ExpressionProblem } from './contract.ts';
import type { Spans } from './spans.ts';

const pastFunction = 'at';

export function pastFaults(node: Node, spans: Spans): ExpressionProblem[] {
  if (node.type !== 'variable' || node.name !== pastFunction)
    return partsOf(node).flatMap((part) => pastFaults(part, spans));
  const message = '$at can only be read in actions, such as a `let`';
  return [{ code: 'past-not-here', message, position: spans.startOf(node.position), severity: 'error' }];
}
