// Whether what one wake-up writes can cause another, and whether it can do so again and again. Says no only where that is
// certain.
import { isDeepStrictEqual } from 'node:util';
import { filtersOverlap } from '../../base/index.ts';
import { readsOfCondition } from '../compile/reads.ts';
import { valueUnder } from '../compile/value-scope.ts';
import type { TopicDemand, TopicSource } from '../triggers/kind.ts';
import { isOneOf, isTarget } from '../triggers/wanted.ts';
import { knowledgeOf } from './draw.ts';
import type { Wake, Write } from './portrait.ts';
import { isExact, isMadeOfParts } from './shape.ts';

/** Filters of the messages that may wake it. */
export function heardBy({ trigger }: Wake): readonly string[] {
  const source = trigger?.source;
  if (source?.on === 'topic') return source.patterns.map(({ filter }) => filter);
  return source?.on === 'condition' ? readsOfCondition(source.condition).topics : [];
}

/** Only what becomes different wakes it. */
export function wantsNews({ trigger }: Wake): boolean {
  const source = trigger?.source;
  return source?.on === 'condition' || (source?.on === 'topic' && source.demand.isChange);
}

/** A device's report comes from a client, or by a bridge. */
function isFrom(demand: TopicDemand, { echoOf }: Write): boolean {
  const { origin } = demand;
  if (origin === undefined || origin === 'rule') return true;
  return echoOf !== undefined && (origin === 'client' || origin === 'bridge');
}

/** The value cannot be the wanted one, or was it before. */
function isUnwanted(demand: TopicDemand, payload: unknown): boolean {
  const value = valueUnder(payload, demand.at);
  if (!isTarget(demand, value)) return true;
  return demand.isChange && 'from' in demand && isOneOf(value, demand.from) && isOnly(demand.from, value);
}

function isOnly(wanted: unknown, value: unknown): boolean {
  return [wanted].flat().every((each) => isDeepStrictEqual(each, value));
}

function isAccepted({ demand }: TopicSource, write: Write): boolean {
  if (!isFrom(demand, write)) return false;
  return write.sent.kind !== 'constant' || !isUnwanted(demand, write.sent.value);
}

/** `when` and conditions, as far as a message says anything of them. */
function isPassed(wake: Wake, { shape, sent }: Write): boolean {
  if (!isGuarded(wake)) return true;
  const { rule, trigger } = wake;
  const payload = sent.kind === 'constant' ? { payload: sent.value } : {};
  const topic = isExact(shape) ? { topic: shape } : {};
  const knowledge = knowledgeOf(rule, trigger, { ...payload, ...topic });
  return [trigger?.when, rule.condition].every((condition) => {
    const verdict = condition === undefined ? 'pass' : knowledge.verdict(condition);
    return verdict === 'pass' || verdict === 'unknown';
  });
}

/** Of a wake-up that hears the filter of the write's shape. */
export function mayWake(write: Write, wake: Wake): boolean {
  if (isMadeOfParts(write.shape) && !heardBy(wake).some((filter) => filtersOverlap(filter, write.shape)))
    return false;
  const source = wake.trigger?.source;
  if (source?.on === 'topic') return isAccepted(source, write) && isPassed(wake, write);
  return source?.on === 'condition';
}

/** A condition of the house may yet keep it from running. */
export function isGuarded({ rule, trigger }: Wake): boolean {
  return trigger?.when !== undefined || rule.condition !== undefined;
}

/** Nobody but one command, always the same, stands behind the topic: after the first time nothing is new there. */
export function isSettled(write: Write, others: Iterable<Write>): boolean {
  const own = write.echoOf ?? write;
  if (own.sent.kind !== 'constant' || !isExact(own.shape)) return false;
  for (const other of others) {
    if ((other.echoOf ?? other).key === own.key) continue;
    if ([write, own].some(({ shape }) => filtersOverlap(shape, other.shape))) return false;
  }
  return true;
}
