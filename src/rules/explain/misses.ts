// Why a message wakes a rule not: each trigger on topics is asked what it wanted instead. Says nothing of conditions, whose
// values stand in the trace.
import { isDeepStrictEqual } from 'node:util';
import { matchesFilter } from '../../base/index.ts';
import { Payload } from '../../devices/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import { valueUnder } from '../compile/value-scope.ts';
import type { MessageInput } from '../input.ts';
import { shown } from '../trace/shown.ts';
import type { TopicDemand, Trigger } from '../triggers/kind.ts';
import { isOneOf } from '../triggers/wanted.ts';
import { type ValueHint, valueHint } from './value-hint.ts';

/**
 * `origin`, `stored`: it comes from somebody else, or out of a store. `unchanged`: the value is what it was. `value`, `previous`:
 * it is, or was, another one than is wanted. `off`: the trigger is switched off.
 */
export type MissCode = 'off' | 'origin' | 'stored' | 'unchanged' | 'value' | 'previous';

export interface Miss {
  readonly code: MissCode;
  /** Of the trigger. */
  readonly path: string;
  readonly topic: string;
  /** What it was, and what was wanted. */
  readonly value?: unknown;
  readonly wanted?: unknown;
  /** The value differs in its type or spelling alone. */
  readonly hint?: ValueHint;
}

/** A message with the payload that the topic had before; undefined: it never spoke. */
export interface HeardBefore {
  readonly input: Pick<MessageInput, 'topic' | 'payload' | 'origin' | 'stored'>;
  readonly previous: Payload | undefined;
}

type Blame = Pick<Miss, 'code' | 'value' | 'wanted' | 'hint'>;

function blameValue(code: 'value' | 'previous', value: unknown, wanted: unknown): Blame {
  const options: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  const hint = options.map((option) => valueHint(value, option)).find((each) => each !== undefined);
  return { code, value: shown(value), wanted, ...(hint !== undefined && { hint }) };
}

function blameChange(demand: TopicDemand, { input, previous }: HeardBefore): Blame | undefined {
  const value = valueUnder(new Payload(input.payload).value, demand.at);
  const before = previous && valueUnder(previous.value, demand.at);
  if (previous !== undefined && isDeepStrictEqual(before, value))
    return { code: 'unchanged', value: shown(value) };
  if ('to' in demand && !isOneOf(value, demand.to)) return blameValue('value', value, demand.to);
  if ('notTo' in demand && isOneOf(value, demand.notTo)) return { code: 'value', value: shown(value) };
  if ('from' in demand && !isOneOf(before, demand.from)) return blameValue('previous', before, demand.from);
  if ('notFrom' in demand && isOneOf(before, demand.notFrom))
    return { code: 'previous', value: shown(before) };
  return undefined;
}

function blame({ enabled }: Trigger, demand: TopicDemand, heard: HeardBefore): Blame | undefined {
  const { origin, stored } = heard.input;
  if (!enabled) return { code: 'off' };
  if (demand.origin !== undefined && demand.origin !== origin)
    return { code: 'origin', value: origin, wanted: demand.origin };
  if (stored === true) return { code: 'stored' };
  return demand.isChange ? blameChange(demand, heard) : undefined;
}

/** Of every trigger on the topic that did not want the message. */
export function missesOf({ triggers }: Pick<CompiledRule, 'triggers'>, heard: HeardBefore): Miss[] {
  const { topic } = heard.input;
  return triggers.flatMap((trigger) => {
    const { source, path } = trigger;
    if (source.on !== 'topic' || !source.patterns.some(({ filter }) => matchesFilter(filter, topic)))
      return [];
    const found = blame(trigger, source.demand, heard);
    return found === undefined ? [] : [{ path, topic, ...found }];
  });
}
