// From the trace of a wake-up to what became of it.
import type { DecidingClause } from '../../expression/index.ts';
import type { Trace, TraceExpression, TraceStep } from '../trace/trace.ts';
import type { BlamedClause, FailedCondition, WokenHappening } from './happening.ts';
import { valueHint } from './value-hint.ts';

export function blamed(clause: DecidingClause): BlamedClause {
  const hint = valueHint(clause.left, clause.right);
  return hint === undefined ? clause : { ...clause, hint };
}

function failedCondition({ path, decided, error }: TraceExpression): FailedCondition {
  return { where: path, ...(decided && { clauses: decided.map(blamed) }), ...(error && { error }) };
}

/** Where the record does not name all that fail, a run had passed them once: the one that does not hold any more. */
function failingIn({ when, conditions, failing }: Trace): readonly TraceExpression[] {
  const all: readonly TraceExpression[] = when === undefined ? conditions : [when, ...conditions];
  return failing ?? all.filter(({ result }) => result !== 'pass').slice(0, 1);
}

/** What decided, with its values, and what would have failed behind it. */
function conditionsOf(trace: Trace): Pick<WokenHappening, 'where' | 'clauses' | 'others'> {
  const [first, ...others] = failingIn(trace).map(failedCondition);
  if (first === undefined) return {};
  const { error: _told, ...deciding } = first;
  return { ...deciding, ...(others.length > 0 && { others }) };
}

const isUnconfirmed = ({ error, result }: TraceStep): boolean =>
  error?.code === 'unconfirmed' || result?.startsWith('unconfirmed') === true;

function whatBecame(trace: Trace): Pick<WokenHappening, 'code' | 'where' | 'clauses' | 'others'> {
  const { status, steps } = trace;
  if (status === 'conditions-failed') return { code: 'condition', ...conditionsOf(trace) };
  if (status === 'refused') return { code: 'refused' };
  const unconfirmed = steps.find(isUnconfirmed);
  if (unconfirmed !== undefined) return { code: 'unconfirmed', where: unconfirmed.path };
  return status === 'failed' ? { code: 'failed', ...conditionsOf(trace) } : { code: 'ran' };
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
