// Triggers that never wake their rule, and rules that have no others.
import { isDeepStrictEqual } from 'node:util';
import { filtersOverlap } from '../../base/index.ts';
import type { TopicSource } from '../triggers/kind.ts';
import { isOneOf } from '../triggers/wanted.ts';
import { type AnalysisFinding, type FindingParams, remarkFinding } from './finding.ts';
import { contradictionIn, guardsOf } from './guards.ts';
import type { Portrait, Wake } from './portrait.ts';

/** Why, and what to do about it. */
interface Reason {
  readonly words: string;
  readonly params: FindingParams;
  readonly path?: string;
  readonly suggestion?: string;
}

/** What rules hear below `homerule/`: everything else there is for clients. */
const ownTopics = ['homerule/var/#'];

function filterReason(filter: string): Reason | undefined {
  const shared = /^\$share\/[^/]+\/(.+)$/.exec(filter)?.[1];
  if (shared !== undefined)
    return {
      words: 'shared subscriptions are for clients, a rule hears every message',
      params: { why: 'shared' },
      suggestion: shared,
    };
  if (filter === '$SYS' || filter.startsWith('$SYS/'))
    return {
      words: `what is published on ${filter} is for clients only`,
      params: { why: 'clients', filter },
    };
  const isOwn = filter.startsWith('homerule/') && !ownTopics.some((own) => filtersOverlap(own, filter));
  if (!isOwn) return undefined;
  const isOutcome = filter.startsWith('homerule/rules/');
  return {
    words: `what is published on ${filter} is for clients only`,
    params: { why: 'clients', filter },
    ...(isOutcome && { suggestion: 'the trigger "rule: ID"' }),
  };
}

function demandReason({ demand }: TopicSource): Reason | undefined {
  if (!demand.isChange || !('from' in demand) || !('to' in demand)) return undefined;
  const [from, to] = [[demand.from].flat(), [demand.to].flat()];
  const isStill = from.length === 1 && to.length === 1 && isDeepStrictEqual(from, to);
  return isStill
    ? { words: 'from and to are the same, which is no change', params: { why: 'still' } }
    : undefined;
}

function wantedReason({ demand }: TopicSource): Reason | undefined {
  const isNever =
    'to' in demand && 'notTo' in demand && [demand.to].flat().every((to) => isOneOf(to, demand.notTo));
  return isNever ? { words: 'notTo excludes all that to asks for', params: { why: 'excluded' } } : undefined;
}

function sourceReason(wake: Wake): Reason | undefined {
  const source = wake.trigger?.source;
  if (source?.on !== 'topic' && source?.on !== 'silence') return undefined;
  const reasons = source.patterns.map(({ filter }) => filterReason(filter));
  const [first] = reasons;
  if (first !== undefined && reasons.every((reason) => reason !== undefined)) return first;
  return source.on === 'topic' ? (demandReason(source) ?? wantedReason(source)) : undefined;
}

function conditionReason({ knowledge, trigger, rule }: Wake): Reason | undefined {
  const source = trigger?.source;
  const own = source?.on === 'condition' ? source.condition : undefined;
  const named = [
    { condition: own, path: `${trigger?.path}.becomes` },
    { condition: trigger?.when, path: `${trigger?.path}.when` },
    { condition: rule.condition, path: 'conditions' },
  ];
  for (const { condition, path } of named) {
    const verdict = condition === undefined ? 'pass' : knowledge.verdict(condition);
    if (verdict === 'fail' || verdict === 'missing')
      return { path, words: 'this is never true', params: { why: 'never' } };
  }
  return undefined;
}

function guardReason(wake: Wake): Reason | undefined {
  const pair = contradictionIn(guardsOf(wake));
  if (pair === undefined) return undefined;
  const [one, other] = pair;
  return {
    path: other.path,
    words: `this is never true together with ${one.path}`,
    params: { why: 'contradiction', other: one.path },
  };
}

function reasonOf(wake: Wake): Reason | undefined {
  return sourceReason(wake) ?? conditionReason(wake) ?? guardReason(wake);
}

/** `isRun`: another rule runs it, so it may live without triggers. */
export function deadTriggers({ rule, wakes }: Portrait, isRun: boolean): AnalysisFinding[] {
  const { id } = rule;
  if (wakes.length === 0 && rule.triggers.length > 0 && !isRun) {
    const words = `"${id}" never runs by itself: all its triggers are switched off`;
    return [
      remarkFinding('dead-rule', 'warning', { rule: id, path: 'triggers', words, params: { why: 'off' } }),
    ];
  }
  const dead = wakes.map((wake) => ({ wake, reason: reasonOf(wake) }));
  const isAll = !isRun && dead.every(({ reason }) => reason !== undefined);
  const found = new Map<string, AnalysisFinding>();
  for (const { wake, reason } of dead) {
    if (reason === undefined) continue;
    const path = reason.path ?? wake.trigger?.path ?? 'triggers';
    const what = isAll ? `"${id}" never runs by itself` : `${wake.trigger?.path} never wakes "${id}"`;
    const { suggestion } = reason;
    const params = { ...reason.params, ...(!isAll && { trigger: wake.trigger?.path ?? '' }) };
    const words = `${what}: ${reason.words}`;
    const key = `${path} ${words}`;
    if (!found.has(key))
      found.set(key, remarkFinding('dead-rule', 'warning', { rule: id, path, words, params, suggestion }));
  }
  return [...found.values()];
}
