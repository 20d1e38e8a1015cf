// `publish: TOPIC` publishes a message. Other rules get it after the present message, subscribers after the commit.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import type { ValueNode } from '../compile/text.ts';
import { publishTopicFault } from '../model/topic-pattern.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

/** A constant topic is checked when the rule is saved, any other when it is made. */
function checkTopic(topic: string, path: string): string {
  const fault = publishTopicFault(topic);
  if (fault !== undefined)
    throw new RunError('bad-topic', `"${topic}" is not a topic: ${fault.fault}`, { path });
  return topic;
}

function compileTopic(text: string, path: string, context: CompileContext): ValueNode | undefined {
  const topic = context.text(text, path);
  const fault = topic?.kind === 'constant' ? publishTopicFault(text) : undefined;
  if (fault === undefined) return topic;
  const { suggestion } = fault;
  const message = `"${text}" is not a topic: ${fault.fault}`;
  return context.report({
    path,
    code: 'bad-topic',
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
}

export const publish = actionKind({
  verb: 'publish',
  doc: { en: 'publishes a message', zh: '发布一条消息' },
  example: 'publish: home/{{ params.room }}/fan/set\npayload: "ON"',
  shape: {
    publish: z.string(),
    payload: z.unknown().optional(),
    qos: z.union([z.literal(0), z.literal(1), z.literal(2)], { error: 'expected 0, 1 or 2' }).optional(),
    retain: z.boolean().optional(),
  },
  compile(document, path, builder) {
    const { context } = builder;
    const topicPath = `${path}.publish`;
    const topic = compileTopic(document.publish, topicPath, context);
    const payload = context.value(document.payload, `${path}.payload`);
    if (!('payload' in document)) {
      context.report({
        path,
        code: 'missing-key',
        message: 'publish needs a payload; write payload: null for an empty one',
      });
    }
    if (topic === undefined || payload === undefined) return;
    const { qos = 1, retain = false } = document;
    builder.emit((step) => {
      const name = checkTopic(textOf(evaluateValue(topic, step.frame), topicPath), topicPath);
      step.publish({ topic: name, payload: evaluateValue(payload, step.frame), qos, retain });
      return undefined;
    });
  },
});
