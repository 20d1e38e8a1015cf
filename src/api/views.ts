// From what the rooms hold to what people are shown.
import { isUtf8 } from 'node:buffer';
import type { TopicLevel, TopicState } from '../devices/index.ts';
import type { TraceHead } from '../rules/index.ts';
import type { RunSummary, TopicNode, TopicView } from './contract.ts';

const maxShownBytes = 65_536;

export function runSummaryOf(trace: TraceHead): RunSummary {
  const { id, rule, version, at, endedAt, status, reason, key, trigger, due } = trace;
  return {
    id,
    rule,
    version,
    at,
    status,
    verb: trigger.verb,
    ...(endedAt !== undefined && { endedAt }),
    ...(reason !== undefined && { reason }),
    ...(key !== undefined && { key }),
    ...(trigger.topic !== undefined && { topic: trigger.topic }),
    ...(due !== undefined && { due }),
  };
}

export function topicViewOf(state: TopicState, isRetained: boolean): TopicView {
  const { bytes: kept } = state.payload;
  const shown = Buffer.from(kept.buffer, kept.byteOffset, Math.min(kept.byteLength, maxShownBytes));
  const isText = isUtf8(kept);
  return {
    topic: state.topic,
    payload: shown.toString(isText ? 'utf8' : 'base64'),
    bytes: state.bytes,
    at: state.at,
    changedAt: state.changedAt,
    qos: state.qos,
    retain: state.retain,
    retained: isRetained,
    origin: state.origin,
    by: state.by,
    messages: state.messages,
    ...(state.depth > 0 && { depth: state.depth }),
    ...(state.cause !== undefined && { cause: state.cause }),
    ...(!isText && { binary: true }),
    ...(shown.length < state.bytes && { truncated: true }),
  };
}

function messagesUnder(level: TopicLevel): number {
  let messages = level.state?.messages ?? 0;
  for (const child of level.children.values()) messages += messagesUnder(child);
  return messages;
}

export function topicNodeOf(level: TopicLevel, isRetained: (topic: string) => boolean): TopicNode {
  const { name, topic, state } = level;
  const below = level.topics - (state ? 1 : 0);
  return {
    name,
    topic,
    below,
    messages: messagesUnder(level),
    ...(state && { value: topicViewOf(state, isRetained(topic)) }),
  };
}
