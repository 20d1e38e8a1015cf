// Numeric history and the journal of messages.
import { z } from 'zod';
import type {
  GapView,
  HistoryPointView,
  HistoryView,
  MessagePage,
  MessageView,
  SeriesView,
} from '../../../api/index.ts';
import { count, list, millis, text } from './shapes.ts';

export const gapView = z.object({
  from: millis,
  to: millis,
  reason: text,
  lost: count.exactOptional(),
}) satisfies z.ZodType<GapView>;

const pointView = z.object({
  at: millis,
  count,
  changes: count,
  last: z.union([z.number(), text, z.boolean()]).exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  mean: z.number().exactOptional(),
}) satisfies z.ZodType<HistoryPointView>;

const historyView = z.object({
  topic: text,
  path: text,
  from: millis,
  to: millis,
  source: z.enum(['samples', 'rollups', 'both']),
  widthMs: z.number(),
  points: z.array(pointView),
  gaps: z.array(gapView),
}) satisfies z.ZodType<HistoryView>;

const seriesView = z.object({ topic: text, path: text }) satisfies z.ZodType<SeriesView>;

const messageView = z.object({
  id: text,
  at: millis,
  topic: text,
  payload: text,
  binary: z.boolean().exactOptional(),
  truncated: z.boolean().exactOptional(),
  bytes: count,
  qos: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  retain: z.boolean(),
  origin: text,
  by: text,
  cause: text.exactOptional(),
}) satisfies z.ZodType<MessageView>;

const messagePage = z.object({
  items: z.array(messageView),
  next: text.exactOptional(),
  gaps: z.array(gapView),
}) satisfies z.ZodType<MessagePage>;

export const historyViews = {
  GapView: gapView,
  HistoryView: historyView,
  SeriesList: list(seriesView),
  MessagePage: messagePage,
} as const;
