// `publish: TOPIC` publishes a message. Other rules get it after the present message, subscribers after the commit.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import type { Publish, Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { durationShape, field } from '../model/field.ts';
import { durationOf } from '../run/duration.ts';
import { evaluateValue, textOf } from '../run/evaluate.ts';
import { emitSending } from './confirm.ts';
import { actionKind } from './kind.ts';
import { compileTopic, topicOf } from './topic.ts';

/** Of MQTT: seconds in four bytes. */
const longestExpiry = 0xffff_ffff;

const shape = {
  publish: field('topic', z.string()),
  payload: z.unknown().optional().meta({ needed: true }),
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)], { error: 'expected 0, 1 or 2' }).optional(),
  retain: z.boolean().optional(),
  expiry: durationShape.optional(),
  properties: field('names', z.record(z.string().min(1), z.unknown())).optional(),
  confirm: field('confirm', z.unknown()).optional(),
} as const;

type Document = z.output<z.ZodObject<typeof shape>>;

/** What the message is made of besides topic and payload. */
interface Extras {
  readonly expiry: ValueNode | undefined;
  readonly properties: ReadonlyMap<string, ValueNode>;
}

function compileExtras({ expiry, properties = {} }: Document, path: string, context: CompileContext): Extras {
  const nodes = new Map<string, ValueNode>();
  for (const [name, value] of Object.entries(properties)) {
    const node = context.value(value, `${path}.properties.${name}`);
    if (node !== undefined) nodes.set(name, node);
  }
  return {
    expiry: expiry === undefined ? undefined : context.duration(expiry, `${path}.expiry`),
    properties: nodes,
  };
}

function extrasOf(
  { expiry, properties }: Extras,
  path: string,
  step: Step,
): Pick<Publish, 'expiry' | 'properties'> {
  const seconds = expiry && Math.ceil(durationOf(expiry, `${path}.expiry`, step.frame) / 1000);
  const texts = [...properties].map(([name, node]) => {
    const value = evaluateValue(node, step.frame);
    return [name, textOf(value, `${path}.properties.${name}`)] as const;
  });
  return {
    ...(seconds !== undefined && { expiry: Math.min(seconds, longestExpiry) }),
    ...(texts.length > 0 && { properties: Object.fromEntries(texts) }),
  };
}

export const publish = actionKind({
  verb: 'publish',
  doc: {
    en: 'publishes a message; with `confirm` waits for the report that says it was done, and tries again',
    zh: '发布一条消息；带 `confirm` 时等待设备回报，没有回报则重发',
  },
  example: 'publish: home/{{ params.room }}/fan/set\npayload: "ON"',
  shape,
  blocks: ['confirm'],
  compile(document, path, builder) {
    const { context } = builder;
    const place = { path: `${path}.publish`, use: 'publish' } as const;
    const topic = compileTopic(document.publish, place, context);
    const payload = context.value(document.payload, `${path}.payload`);
    const extras = compileExtras(document, path, context);
    if (!('payload' in document)) {
      context.report({
        path,
        code: 'missing-key',
        message: 'publish needs a payload; write payload: null for an empty one',
        params: { why: 'payload' },
      });
    }
    if (topic === undefined || payload === undefined) return;
    context.touch({ does: 'publish', path, topic, payload });
    const { qos = 1, retain = false } = document;
    const isPlain = extras.expiry === undefined && extras.properties.size === 0;
    const prepare = (step: Step): Publish => {
      const name = topicOf(topic, place, step);
      const message = { topic: name, payload: evaluateValue(payload, step.frame), qos, retain };
      return isPlain ? message : { ...message, ...extrasOf(extras, path, step) };
    };
    emitSending(document.confirm, {
      path,
      builder,
      sending: { prepare, send: (step, message) => step.publish(message) },
    });
  },
});
