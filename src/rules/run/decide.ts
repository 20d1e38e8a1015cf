// Deciding a compiled condition: pass, fail and missing kept apart (rules.md section 3).
import { shownValue } from '../../base/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { PlacedExpression } from '../compile/text.ts';
import type { TraceExpression } from '../trace/trace.ts';
import { evaluate, type Frame, RunError } from './evaluate.ts';

/** `missing`: false, because a value was not there; stays so under `not`. */
export type Verdict = 'pass' | 'fail' | 'missing';

/** true passes; false, null and missing fail; anything else is the error `not-boolean`. */
function verdictOf(value: unknown, part: PlacedExpression): Verdict {
  if (value === true) return 'pass';
  if (value === false || value === null) return 'fail';
  if (value === undefined) return 'missing';
  const shown = shownValue(value);
  const hint =
    typeof value === 'string' ? `; compare it: ${part.expression.source} = '${value.slice(0, 20)}'` : '';
  throw new RunError('not-boolean', `a condition gives true or false, this gave ${shown}${hint}`, {
    path: part.path,
    params: { value: shown },
  });
}

function check(part: PlacedExpression, frame: Frame): Verdict {
  if (frame.record === undefined) return verdictOf(evaluate(part, frame), part);
  const record: TraceExpression[] = [];
  try {
    const verdict = verdictOf(evaluate(part, { ...frame, record, isCondition: true }), part);
    for (const entry of record) frame.record.push({ ...entry, result: verdict === 'pass' ? 'pass' : 'fail' });
    return verdict;
  } catch (error) {
    for (const entry of record) frame.record.push({ ...entry, result: 'error' });
    throw error;
  }
}

/** Left to right, stopping as soon as it is decided. Throws RunError. */
export function decide(condition: Condition, frame: Frame): Verdict {
  if (condition.kind === 'expression') return check(condition.part, frame);
  const isNot = condition.kind === 'not';
  const stopper: Verdict = condition.kind === 'any' ? 'pass' : 'fail';
  let isMissing = false;
  let hasStopped = false;
  for (const item of condition.items) {
    const verdict = decide(item, frame);
    if (verdict === stopper) {
      hasStopped = true;
      break;
    }
    isMissing ||= verdict === 'missing';
  }
  const all: Verdict = hasStopped ? stopper : isMissing ? 'missing' : stopper === 'pass' ? 'fail' : 'pass';
  if (!isNot || all === 'missing') return all;
  return all === 'pass' ? 'fail' : 'pass';
}
