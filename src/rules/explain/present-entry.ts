// One trigger or condition as it stands now, and what it is decided with.
import { matchesFilter, type Timestamp } from '../../base/index.ts';
import { paramsOf, type TopicState, type TopicStates } from '../../devices/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { CompileContext, HomeSettings } from '../compile/context.ts';
import type { Bindings } from '../run/bindings.ts';
import { decide } from '../run/decide.ts';
import { traceErrorOf } from '../run/evaluate.ts';
import { bareWake, type Wake } from '../run/wake.ts';
import type { TraceError, TraceExpression } from '../trace/trace.ts';
import type { Trigger } from '../triggers/kind.ts';
import type { BlamedClause } from './happening.ts';
import type { ValueHint } from './value-hint.ts';
import { blamed } from './woken.ts';

/** `unknown`: nothing was heard, a value is missing, or it is a matter of time. */
export type PresentVerdict = 'pass' | 'fail' | 'unknown';

export interface PresentEntry {
  readonly path: string;
  readonly verdict: PresentVerdict;
  readonly clauses?: readonly BlamedClause[];
  /** Of a trigger on topics: the latest message, and what it looks at in it. */
  readonly topic?: string;
  readonly heardAt?: Timestamp;
  readonly value?: unknown;
  /** Of a trigger that wants a value. */
  readonly wanted?: unknown;
  readonly hint?: ValueHint;
  /** When it is time, of a trigger by the clock. */
  readonly due?: Timestamp;
  readonly error?: TraceError;
}

export interface PresentHouse {
  readonly home: HomeView;
  readonly settings: HomeSettings;
  readonly states: Pick<TopicStates, 'tree'>;
  readonly at: Timestamp;
}

/** What the entries of one text are decided with. */
export interface PresentScene extends PresentHouse {
  readonly context: CompileContext;
  bindings(wake: Wake): Bindings;
}

/** Topics under one filter among which the latest is looked for. */
const mostTopics = 500;

export function latestOn({ source }: Trigger, { states }: PresentHouse): TopicState | undefined {
  if (source.on !== 'topic' && source.on !== 'silence') return undefined;
  const heard = source.patterns.flatMap(({ filter }) => states.tree.some(filter, mostTopics));
  return heard.reduce<TopicState | undefined>(
    (best, one) => (best && best.at >= one.at ? best : one),
    undefined,
  );
}

/** As if the latest message came again. */
export function wakeBy(trigger: Trigger, state: TopicState, at: Timestamp): Wake {
  const { index, verb, id, row = {}, source } = trigger;
  const { topic, payload, qos, retain, origin, by } = state;
  const pattern =
    source.on === 'topic' || source.on === 'silence'
      ? source.patterns.find(({ filter }) => matchesFilter(filter, topic))
      : undefined;
  const params = { ...row, ...(pattern && paramsOf(pattern.names, topic)) };
  return { ...bareWake(at, 0), index, verb, id, params, topic, payload, qos, retain, origin, by };
}

/** Decides one condition; what is not there leaves it open where nothing ever woke the rule. Of a group its members tell. */
export function standing(condition: Condition, path: string, scope: Bindings): PresentEntry {
  const record: TraceExpression[] = [];
  try {
    const verdict = decide(condition, { scope, record, isDecidedTold: true });
    if (condition.kind !== 'expression')
      return { path, verdict: verdict === 'missing' ? 'unknown' : verdict };
    const clauses = record.flatMap(({ decided = [] }) => decided.map(blamed));
    const isUnheard = scope.wake.topic === undefined && clauses.some(({ missing }) => missing !== undefined);
    const isOpen = verdict === 'missing' || (verdict === 'fail' && isUnheard);
    return { path, verdict: isOpen ? 'unknown' : verdict, clauses };
  } catch (error) {
    return { path, verdict: 'unknown', error: traceErrorOf(error, path) };
  }
}
