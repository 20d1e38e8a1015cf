// Every condition of a wake-up that fails, for who asks why a rule did not run. The engine itself stops at the one that decides.
import type { Condition } from '../compile/condition.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { TraceExpression } from '../trace/trace.ts';
import type { Bindings } from './bindings.ts';
import { decide } from './decide.ts';
import { traceErrorOf } from './evaluate.ts';
import { setVariables } from './rule-variables.ts';

/** Under `not` that is what holds. */
function failingIn(condition: Condition | undefined, scope: Bindings): readonly TraceExpression[] {
  const record: TraceExpression[] = [];
  if (condition === undefined) return record;
  try {
    if (decide(condition, { scope, record, isDecidedTold: true }) === 'pass') return [];
  } catch (error) {
    return record.slice(-1).map((entry) => ({ ...entry, error: traceErrorOf(error, entry.path) }));
  }
  const failed = record.filter(({ result }) => result !== 'pass');
  return failed.length > 0 ? failed : record;
}

/** In the order in which they are decided: first the one that did. */
export function failingConditions(
  { condition, variables }: Pick<CompiledRule, 'condition' | 'variables'>,
  when: Condition | undefined,
  bindings: Bindings,
): readonly TraceExpression[] {
  const first = failingIn(when, bindings);
  try {
    setVariables(variables, bindings);
  } catch {
    return first; // conditions would see values that there are not
  }
  const items = condition?.kind === 'all' ? condition.items : [condition];
  return [...first, ...items.flatMap((item) => failingIn(item, bindings))];
}
