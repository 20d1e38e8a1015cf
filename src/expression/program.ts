// Compiled code with what it starts from.
import { type Scope, unread } from './contract.ts';
import type { Code } from './run.ts';
import { WrappedInput } from './values.ts';

export interface Program {
  readonly code: Code;
  readonly frameSize: number;
}

/** Without names, the one value of the scope is the root; with names, the root is read name by name. */
export function rootInput(scope: Scope, hasNames: boolean): unknown {
  if (hasNames) return undefined;
  const value = scope.values[0] === unread ? scope.read(0) : scope.values[0];
  if (!Array.isArray(value)) return value;
  const input = new WrappedInput();
  input.push(value);
  return input;
}
