// From the trace of a wake-up to what became of it.
import type { DecidingClause } from '../../expression/index.ts';
import type { Trace, TraceExpression, TraceStep } from '../trace/trace.ts';
import type { BlamedClause, WokenHappening } from './happening.ts';
import { valueHint } from './value-hint.ts';

export function blamed(clause: DecidingClause): BlamedClause {
  const hint = valueHint(clause.left, clause.right);
  return hint === undefined ? clause : { ...clause, hint };
}

/** The condition that failed, with what decided; of one that gave no boolean its value. */
function conditionOf({ when, conditions }: Trace): Pick<WokenHappening, 'where' | 'clauses'> {
  const all: readonly TraceExpression[] = when === undefined ? conditions : [when, ...conditions];
  const failed = all.find(({ result }) => result !== 'pass');
  if (failed === undefined) return {};
  return { where: failed.path, ...(failed.decided && { clauses: failed.decided.map(blamed) }) };
}

const isUnconfirmed = ({ error, result }: TraceStep): boolean =>
  error?.code === 'unconfirmed' || result?.startsWith('unconfirmed') === true;

function whatBecame(trace: Trace): Pick<WokenHappening, 'code' | 'where' | 'clauses'> {
  const { status, steps } = trace;
  if (status === 'conditions-failed') return { code: 'condition', ...conditionOf(trace) };
  if (status === 'refused') return { code: 'refused' };
  const unconfirmed = steps.find(isUnconfirmed);
  if (unconfirmed !== undefined) return { code: 'unconfirmed', where: unconfirmed.path };
  return status === 'failed' ? { code: 'failed', ...conditionOf(trace) } : { code: 'ran' };
}

export function wokenOf(trace: Trace): WokenHappening {
  const { at, status, version, reason, error, trigger } = trace;
  const { index, topic, payload } = trigger;
  return {
    ...whatBecame(trace),
    ...{ at, status, version, path: index < 0 ? '' : `triggers[${index}]` },
    ...(topic !== undefined && { topic }),
    ...(payload !== undefined && { payload }),
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { error }),
  };
}
