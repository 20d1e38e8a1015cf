// The variables of a rule, evaluated for one wake-up.
import type { CompiledRule } from '../compile/rule.ts';
import type { Bindings } from './bindings.ts';
import { evaluateValue } from './evaluate.ts';

/** In order: each sees those before it. Throws RunError. */
export function setVariables(variables: CompiledRule['variables'], bindings: Bindings): void {
  for (const { name, value } of variables)
    bindings.set(name, evaluateValue(value, { scope: bindings, record: undefined }));
}
