// Topics and their latest messages.
import { z } from 'zod';
import type { TopicDetail, TopicFieldView, TopicNode, TopicView } from '../../../api/index.ts';
import { count, list, millis, page, text } from './shapes.ts';

const topicView = z.object({
  topic: text,
  payload: text,
  binary: z.boolean().exactOptional(),
  truncated: z.boolean().exactOptional(),
  bytes: count,
  at: millis,
  changedAt: millis,
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  retain: z.boolean(),
  retained: z.boolean(),
  origin: text,
  by: text,
  messages: count,
  depth: count.exactOptional(),
  cause: text.exactOptional(),
}) satisfies z.ZodType<TopicView>;

const topicField = z.object({
  path: text,
  types: z.array(z.enum(['number', 'text', 'boolean', 'null', 'list', 'object'])),
  share: z.number(),
  values: z.array(z.union([text, z.number(), z.boolean()])).exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
}) satisfies z.ZodType<TopicFieldView>;

const topicDetail = topicView.extend({
  contract: z
    .object({
      since: millis,
      looks: count,
      usualGapMs: millis.exactOptional(),
      perMinute: z.number().exactOptional(),
      fields: z.array(topicField),
    })
    .exactOptional(),
}) satisfies z.ZodType<TopicDetail>;

const topicNode = z.object({
  name: text,
  topic: text,
  below: count,
  messages: count,
  value: topicView.exactOptional(),
}) satisfies z.ZodType<TopicNode>;

export const topicsViews = {
  TopicView: topicView,
  TopicDetail: topicDetail,
  TopicNode: topicNode,
  TopicPage: z.union([page(topicView), list(topicNode)]),
} as const;
