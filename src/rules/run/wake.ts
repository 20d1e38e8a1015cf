// What woke a run: fixed when it begins, kept with the run's row, shown in its trace.
import type { Timestamp } from '../../base/index.ts';
import { Payload, paramsOf } from '../../devices/index.ts';
import type { ClientInput } from '../input.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';
import { shown } from '../trace/shown.ts';
import type { TraceTrigger } from '../trace/trace.ts';
import type { TopicEvent, Trigger, WakeValues } from '../triggers/kind.ts';

export interface Wake {
  /** Of the trigger in the document; -1 for a run by hand. */
  readonly index: number;
  readonly verb: string;
  readonly id: string | undefined;
  /** The one clock reading that the decision was made with. */
  readonly at: Timestamp;
  /** Of the input. */
  readonly seq: number;
  readonly topic: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** Of a message. */
  readonly payload: Payload | undefined;
  /** Of a run by hand: what was given. */
  readonly data: unknown;
  readonly qos: 0 | 1 | 2 | undefined;
  readonly retain: boolean | undefined;
  readonly origin: string | undefined;
  /** Client id, rule id, or who pressed the button. */
  readonly by: string | undefined;
  readonly previous: unknown;
  readonly value: unknown;
  /** Milliseconds past its time, when that is more than a second. */
  readonly late: number | undefined;
  /** Rules between this wake-up and the outside. */
  readonly depth: number;
}

/** A wake-up with nothing but its time; spread it and add what there is. */
export function bareWake(at: Timestamp, seq: number): Wake {
  return {
    index: -1,
    verb: 'run',
    id: undefined,
    at,
    seq,
    topic: undefined,
    params: {},
    payload: undefined,
    data: undefined,
    qos: undefined,
    retain: undefined,
    origin: undefined,
    by: undefined,
    previous: undefined,
    value: undefined,
    late: undefined,
    depth: 0,
  };
}

/** By a trigger that has no message. */
export function triggerWake(
  { index, verb, id }: Trigger,
  input: { readonly at: Timestamp; readonly seq: number },
): Wake {
  return { ...bareWake(input.at, input.seq), index, verb, id };
}

/** By a client that came or went. */
export function clientWake(trigger: Trigger, input: ClientInput, values: WakeValues): Wake {
  const { client, facts } = input;
  return { ...triggerWake(trigger, input), data: facts, origin: 'client', by: client, value: values.value };
}

/** By a message, through one pattern of a trigger. */
export function messageWake(
  event: TopicEvent,
  by: { readonly trigger: Trigger; readonly pattern: TopicPattern; readonly values: WakeValues },
): Wake {
  const { input, payload } = event;
  return {
    index: by.trigger.index,
    verb: by.trigger.verb,
    id: by.trigger.id,
    at: input.at,
    seq: input.seq,
    topic: input.topic,
    params: paramsOf(by.pattern.names, input.topic),
    payload,
    data: undefined,
    qos: input.qos,
    retain: input.retain,
    origin: input.origin,
    by: input.by,
    previous: by.values.previous,
    value: by.values.value,
    late: undefined,
    depth: input.depth,
  };
}

/** The JSON value that `payload` is bound to. */
export function payloadOf(wake: Wake): unknown {
  return wake.payload === undefined ? wake.data : wake.payload.value;
}

/** As JSON for the run's row; the payload in base64 so that every byte survives. */
export function packWake(wake: Wake): unknown {
  const { payload, ...rest } = wake;
  return payload === undefined ? rest : { ...rest, bytes: Buffer.from(payload.bytes).toString('base64') };
}

export function unpackWake(packed: Omit<Wake, 'payload'> & { readonly bytes?: string }): Wake {
  const { bytes, ...rest } = packed;
  const payload = bytes === undefined ? undefined : new Payload(Buffer.from(bytes, 'base64'));
  return { ...bareWake(rest.at, rest.seq), ...rest, payload };
}

/** Payloads of so few bytes are shown whole: as JSON again they are at most six times as long. */
const briefPayloadBytes = 512;

function shownPayloadOf(wake: Wake): unknown {
  const isBrief = wake.payload !== undefined && wake.payload.bytes.length <= briefPayloadBytes;
  return isBrief ? payloadOf(wake) : shown(payloadOf(wake));
}

export function traceTriggerOf(wake: Wake): TraceTrigger {
  const payload = shownPayloadOf(wake);
  return {
    index: wake.index,
    verb: wake.verb,
    at: wake.at,
    seq: wake.seq,
    ...(wake.id !== undefined && { id: wake.id }),
    ...(wake.topic !== undefined && { topic: wake.topic }),
    ...(Object.keys(wake.params).length > 0 && { params: wake.params }),
    ...(payload !== undefined && { payload }),
    ...(wake.retain !== undefined && { retain: wake.retain }),
    ...(wake.origin !== undefined && { origin: wake.origin }),
    ...(wake.by !== undefined && { by: wake.by }),
    ...(wake.late !== undefined && { lateMs: wake.late }),
  };
}
