// What woke a run: fixed when it begins, kept with the run's row, shown in its trace.
import type { Timestamp } from '../../base/index.ts';
import { Payload, paramsOf } from '../../devices/index.ts';
import type { SignalInput, UserProperties } from '../input.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';
import { shown } from '../trace/shown.ts';
import type { TraceTrigger } from '../trace/trace.ts';
import type { TopicEvent, WakeValues } from '../triggers/kind.ts';

/** Which entry of the document saw it. */
export interface WakeBy {
  readonly index: number;
  readonly verb: string;
  readonly id: string | undefined;
  /** The row of `each`. */
  readonly row?: Readonly<Record<string, unknown>> | undefined;
}

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
  readonly params: Readonly<Record<string, unknown>>;
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
  /** Id of a device. */
  readonly device: string | undefined;
  /** Milliseconds past its time, when that is more than a second. */
  readonly late: number | undefined;
  /** User properties of a message. */
  readonly properties: UserProperties | undefined;
  /** Milliseconds of a hold in which nobody looked, because the house was down. */
  readonly unobserved?: number;
  /** Rules and flows between this wake-up and the outside. */
  readonly depth: number;
  /** The run that led to it. */
  readonly cause: string | undefined;
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
    device: undefined,
    late: undefined,
    properties: undefined,
    depth: 0,
    cause: undefined,
  };
}

/** By something that has neither a message nor a name. */
export function triggerWake(
  { index, verb, id, row = {} }: WakeBy,
  input: { readonly at: Timestamp; readonly seq: number },
): Wake {
  return { ...bareWake(input.at, input.seq), index, verb, id, params: row };
}

/** By a message, through one pattern of a trigger. */
export function messageWake(
  event: TopicEvent,
  by: { readonly trigger: WakeBy; readonly pattern: TopicPattern; readonly values: WakeValues },
): Wake {
  const { input, payload } = event;
  const { row } = by.trigger;
  const params = paramsOf(by.pattern.names, input.topic);
  return {
    index: by.trigger.index,
    verb: by.trigger.verb,
    id: by.trigger.id,
    at: input.at,
    seq: input.seq,
    topic: input.topic,
    params: row === undefined ? params : { ...row, ...params },
    payload,
    data: undefined,
    qos: input.qos,
    retain: input.retain,
    origin: input.origin,
    by: input.by,
    previous: by.values.previous,
    value: by.values.value,
    device: undefined,
    late: undefined,
    properties: input.userProperties,
    depth: input.depth,
    cause: input.cause,
  };
}

/** By a signal: what it is about stands in the bindings that its kind has. */
export function signalWake(input: SignalInput, trigger: WakeBy, values: WakeValues): Wake {
  const { signal, name, data, origin, by, depth, cause } = input;
  return {
    ...triggerWake(trigger, input),
    data,
    origin,
    by: signal === 'client' ? name : by,
    device: signal === 'device' ? name : undefined,
    previous: values.previous,
    value: values.value ?? input.value,
    depth,
    cause,
  };
}

/** The JSON value that `payload` is bound to. */
export function payloadOf(wake: Wake): unknown {
  return wake.payload === undefined ? wake.data : wake.payload.value;
}

/** As JSON for rows; the payload in base64 so that every byte survives. */
export type PackedWake = Omit<Wake, 'payload'> & { readonly bytes?: string };

export function packWake(wake: Wake): PackedWake {
  const { payload, ...rest } = wake;
  return payload === undefined ? rest : { ...rest, bytes: Buffer.from(payload.bytes).toString('base64') };
}

export function unpackWake(packed: PackedWake): Wake {
  const { bytes, ...rest } = packed;
  const payload = bytes === undefined ? undefined : new Payload(Buffer.from(bytes, 'base64'));
  return { ...bareWake(rest.at, rest.seq), ...rest, payload };
}

/** Payloads of so few bytes are shown whole: as JSON again they are at most six times as long. */
const briefPayloadBytes = 512;

function isSmallValue(value: unknown): boolean {
  return typeof value === 'string'
    ? value.length <= briefPayloadBytes
    : typeof value !== 'object' || value === null;
}

/** Whether it can be kept as it is until somebody wants to see it. */
export function isSmallWake({ payload, data, previous, value }: Wake): boolean {
  const isBrief = payload === undefined || payload.bytes.length <= briefPayloadBytes;
  return isBrief && isSmallValue(data) && isSmallValue(previous) && isSmallValue(value);
}

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
    ...(wake.depth > 0 && { depth: wake.depth }),
    ...(wake.cause !== undefined && { cause: wake.cause }),
    ...(wake.payload === undefined && wake.value !== undefined && { value: shown(wake.value) }),
    ...(wake.device !== undefined && { device: wake.device }),
    ...(wake.late !== undefined && { lateMs: wake.late }),
    ...(wake.unobserved !== undefined && { unobservedMs: wake.unobserved }),
  };
}
