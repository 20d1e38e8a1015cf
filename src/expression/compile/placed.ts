// Where a failure is reported: operators take the failures of their values upon themselves, as the jsonata package does.
import type { BinaryNode } from '../ast.ts';
import { Failure } from '../errors.ts';

/** The same failure, at the operator. */
export function placed(thrown: unknown, node: BinaryNode): unknown {
  if (thrown instanceof Failure) {
    thrown.position = node.position;
    thrown.token = node.operator;
  }
  return thrown;
}
