// What the steps of a test do.
import { z } from 'zod';
import { topicFault } from '../../base/index.ts';
import { inputOrigins } from '../input.ts';
import { durationAt } from '../model/overdue.ts';
import { pathOf } from '../model/problem.ts';
import { parseClockText } from '../schedule/clock-text.ts';
import { type StepKind, type StepPlace, stepKind } from './step-kind.ts';

const duration = z.union([z.string(), z.number()]);
const values = z.record(z.string(), z.unknown());

/** The longest that one test may last. */
const longestMs = 400 * 86_400_000;

function lasting(value: string | number, verb: string, { path, context }: StepPlace): number | undefined {
  const at = pathOf(path, verb);
  const ms = durationAt(value, at, context);
  if (ms === undefined || ms <= longestMs) return ms;
  return context.report({
    path: at,
    code: 'too-long',
    message: 'one step lasts 400 days at the most',
    params: { why: 'step' },
  });
}

function reportTopic(topic: string, { path, context }: StepPlace): undefined {
  const message = topicFault(topic);
  if (message === undefined) return undefined;
  return context.report({
    path: pathOf(path, 'publish'),
    code: 'bad-topic',
    message,
    params: { text: topic, why: 'topic' },
  });
}

const publish = stepKind({
  verb: 'publish',
  shape: {
    publish: z.string(),
    payload: z.unknown().optional(),
    qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
    retain: z.boolean().exactOptional(),
    origin: z.enum(inputOrigins).exactOptional(),
    /** Client id. */
    by: z.string().exactOptional(),
    /** It comes out of a store. */
    stored: z.boolean().exactOptional(),
    userProperties: z.record(z.string(), z.string()).exactOptional(),
    times: z.number().int().min(1).max(10_000).default(1),
  },
  prepare: ({ publish: topic, payload = null, times, ...options }, place) => {
    reportTopic(topic, place);
    return (stage) => stage.repeat(times, ({ house }) => house.publish({ topic, payload, ...options }));
  },
});

const client = stepKind({
  verb: 'client',
  shape: {
    client: z.string(),
    is: z.enum(['connected', 'disconnected']),
    user: z.string().exactOptional(),
    reason: z.string().exactOptional(),
    times: z.number().int().min(1).max(10_000).default(1),
  },
  prepare:
    ({ client: id, is: kind, times, ...facts }) =>
    (stage) =>
      stage.repeat(times, ({ house }) => house.clientChanged({ client: id, kind, ...facts })),
});

const device = stepKind({
  verb: 'device',
  shape: {
    device: z.string(),
    is: z.enum(['online', 'offline', 'gone']).exactOptional(),
    /** Values of its properties from now on. */
    reports: values.exactOptional(),
  },
  prepare:
    ({ device: id, is: value, reports }) =>
    ({ house, devices }) => {
      if (reports !== undefined) devices.report(id, reports);
      if (value === 'gone') devices.remove(id);
      else if (value !== undefined) house.signal({ signal: 'device', name: id, value });
    },
});

const advance = stepKind({
  verb: 'advance',
  shape: { advance: duration },
  prepare: (document, place) => {
    const ms = lasting(document.advance, 'advance', place);
    return ms === undefined ? undefined : (stage) => stage.advance(ms);
  },
});

const at = stepKind({
  verb: 'at',
  shape: { at: z.string() },
  prepare: ({ at: text }, { path, context }) => {
    if (parseClockText(text) !== undefined) return (stage) => stage.advanceToClock(text);
    const message = `"${text}" is no time of day such as 21:30`;
    return context.report({ path: pathOf(path, 'at'), code: 'bad-time', message, params: { text } });
  },
});

const restart = stepKind({
  verb: 'restart',
  shape: { restart: duration },
  prepare: (document, place) => {
    const ms = lasting(document.restart, 'restart', place);
    return ms === undefined ? undefined : (stage) => stage.restart(ms);
  },
});

const run = stepKind({
  verb: 'run',
  shape: {
    run: z.string(),
    payload: z.unknown().optional(),
    skipConditions: z.boolean().exactOptional(),
  },
  prepare:
    ({ run: rule, payload, skipConditions }) =>
    ({ house }) =>
      house.run(rule, payload, skipConditions),
});

const emit = stepKind({
  verb: 'emit',
  shape: { emit: z.string(), data: z.unknown().optional() },
  prepare:
    ({ emit: name, data }) =>
    ({ house }) =>
      house.signal({ signal: 'event', name, data }),
});

const hook = stepKind({
  verb: 'hook',
  shape: {
    hook: z.string(),
    method: z.string().default('POST'),
    body: z.unknown().optional(),
    /** Names of the secrets that the call brings. */
    knows: z.array(z.string()).default([]),
  },
  prepare:
    ({ hook: name, method, body: data, knows: keys }) =>
    ({ house }) =>
      house.signal({ signal: 'webhook', name, value: { method, keys }, data }),
});

const set = stepKind({
  verb: 'set',
  shape: { set: z.string(), properties: values },
  prepare:
    ({ set: id, properties }) =>
    (stage) =>
      stage.command({ do: 'set', device: id, properties }),
});

const variable = stepKind({
  verb: 'var',
  shape: { var: values },
  prepare: (document) => (stage) => {
    for (const [name, value] of Object.entries(document.var)) stage.command({ do: 'variable', name, value });
  },
});

const enable = stepKind({
  verb: 'enable',
  shape: { enable: z.string() },
  prepare:
    ({ enable: rule }) =>
    ({ house }) =>
      house.change(rule, 'enabled'),
});

const disable = stepKind({
  verb: 'disable',
  shape: { disable: z.string() },
  prepare:
    ({ disable: rule }) =>
    ({ house }) =>
      house.change(rule, 'disabled'),
});

const cancel = stepKind({
  verb: 'cancel',
  shape: { cancel: z.literal('all') },
  prepare: () => (stage) => {
    for (const id of stage.waiting) stage.house.cancel(id);
  },
});

const fire = stepKind({
  verb: 'fire',
  shape: { fire: z.literal('all') },
  prepare: () => (stage) => {
    for (const id of stage.waiting) stage.house.fire(id);
  },
});

const answer = stepKind({
  verb: 'answer',
  shape: { answer: z.string(), with: z.unknown().optional() },
  prepare: (document) => async (stage) => {
    await stage.turn();
    stage.service(document.answer).answer(document.with);
    await stage.turn();
  },
});

const breaks = stepKind({
  verb: 'break',
  shape: { break: z.string(), code: z.string() },
  prepare: (document) => async (stage) => {
    await stage.turn();
    stage.service(document.break).fail(document.code);
    await stage.turn();
  },
});

/** It only looks. */
const expect = stepKind({ verb: 'expect', shape: {}, prepare: () => () => undefined });

export const stepKinds: readonly StepKind[] = [
  publish,
  advance,
  at,
  set,
  variable,
  emit,
  run,
  client,
  device,
  hook,
  answer,
  breaks,
  enable,
  disable,
  cancel,
  fire,
  restart,
  expect,
];
