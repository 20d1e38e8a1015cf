// What wakes a draft in a dry run: a request into the inputs of the engine.
import { type Timestamp, topicFault } from '../../base/index.ts';
import { encodePayload, type TopicStates } from '../../devices/index.ts';
import type { CompiledRule, Input, MessageInput, Unnumbered } from '../../rules/index.ts';
import type { DryTriggerRequest } from '../contract/dry-runs.ts';
import { fail } from '../errors.ts';

type DryMessage = NonNullable<DryTriggerRequest['message']>;

interface DryHouse {
  readonly rule: CompiledRule;
  readonly states: TopicStates;
  readonly at: Timestamp;
  readonly by: string;
}

function messageInput({ topic, payload, ...rest }: DryMessage, at: Timestamp): Unnumbered<MessageInput> {
  const fault = topicFault(topic);
  if (fault !== undefined) throw fail('bad-topic', `"${topic}" is no topic: ${fault}`);
  const { qos = 0, retain = false, origin = 'client', by = 'dry-run' } = rest;
  const what = { topic, payload: encodePayload(payload), qos, retain, origin, by, depth: 0 };
  return { kind: 'message', at, ...what };
}

/** The trigger's time comes, or the latest message of its topic comes again. */
function triggerInput(index: number, { rule, states, at }: DryHouse): Unnumbered {
  const trigger = rule.triggers.find((each) => each.index === index);
  if (trigger === undefined)
    throw fail('bad-trigger', `the draft has no triggers[${index}], or its rows are not known yet`);
  const { source, slot, path } = trigger;
  if (source.on === 'schedule') return { kind: 'schedule', at, rule: rule.id, trigger: slot, due: at };
  if (source.on === 'signal' && (source.signal === 'startup' || source.signal === 'shutdown'))
    return { kind: source.signal, at };
  if (source.on !== 'topic')
    throw fail('bad-trigger', `${path} needs more to be woken: give a message or a signal`);
  const state = source.patterns.flatMap(({ filter }) => states.tree.match(filter))[0];
  if (state === undefined)
    throw fail('bad-trigger', `nothing was heard on the topic of ${path}: give a message`);
  const { topic, payload, qos, retain, origin, by } = state;
  const from =
    origin === 'client' || origin === 'rule' || origin === 'bridge' || origin === 'flow' ? origin : 'api';
  return { kind: 'message', at, topic, payload: payload.bytes, qos, retain, origin: from, by, depth: 0 };
}

/** An input of the record, at the time of the dry run. */
export function recordedInput(input: Input, at: Timestamp): Unnumbered {
  const { seq: _seq, ...rest } = input;
  return { ...rest, at };
}

/** All but `input`, which stands in the journal. Throws `bad-topic`, `bad-trigger`. */
export function dryInputs(trigger: DryTriggerRequest, house: DryHouse): readonly Unnumbered[] {
  const { at, by, rule } = house;
  const { index, message, signal, payload } = trigger;
  if (message !== undefined) return [messageInput(message, at)];
  if (signal !== undefined) {
    const { kind, ...rest } = signal;
    return [{ kind: 'signal', at, signal: kind, ...rest, origin: 'api', by, depth: 0 }];
  }
  if (index !== undefined) return [triggerInput(index, house)];
  const command = { do: 'run', rule: rule.id, run: 'dry-run', payload, skipConditions: false } as const;
  return [{ kind: 'command', at, command, by }];
}
