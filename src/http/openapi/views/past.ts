// What was, and what rules would have done.
import { z } from 'zod';
import type {
  BacktestFiringView,
  BacktestView,
  IncompleteView,
  StateAtView,
  StatesView,
} from '../../../api/index.ts';
import { count, millis, text } from './shapes.ts';

const incomplete = z.object({
  reason: text,
  from: millis,
  to: millis,
  filter: text.exactOptional(),
  count: count.nullable().exactOptional(),
}) satisfies z.ZodType<IncompleteView>;

const qos = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const stateAt = z.object({
  topic: text,
  payload: text,
  binary: z.boolean().exactOptional(),
  truncated: z.boolean().exactOptional(),
  bytes: count,
  at: millis,
  changedAt: millis,
  qos,
  retain: z.boolean(),
  origin: text,
  by: text,
  depth: count.exactOptional(),
  cause: text.exactOptional(),
}) satisfies z.ZodType<StateAtView>;

const statesView = z.object({
  at: millis,
  items: z.array(stateAt),
  hasMore: z.boolean(),
  incomplete: z.array(incomplete),
}) satisfies z.ZodType<StatesView>;

const outcomes = [
  'finished',
  'stopped',
  'superseded',
  'refused',
  'timed-out',
  'failed',
  'cancelled',
  'conditions-failed',
] as const;

const firing = z.object({
  at: millis,
  rule: text,
  trigger: z.object({
    verb: text,
    index: z.number(),
    id: text.exactOptional(),
    topic: text.exactOptional(),
    payload: z.unknown().optional(),
    value: z.unknown().optional(),
    device: text.exactOptional(),
    params: z.record(text, z.unknown()).exactOptional(),
    origin: text.exactOptional(),
    by: text.exactOptional(),
  }),
  outcome: z.enum([...outcomes, 'waiting']),
  reason: text.exactOptional(),
  key: text.exactOptional(),
  endedAt: millis.exactOptional(),
  effects: z.array(
    z.object({
      at: millis,
      kind: z.enum(['publish', 'log', 'emit', 'variable', 'command', 'call']),
      topic: text.exactOptional(),
      name: text.exactOptional(),
      payload: z.unknown().optional(),
      text: text.exactOptional(),
      qos: qos.exactOptional(),
      retain: z.boolean().exactOptional(),
      refused: text.exactOptional(),
    }),
  ),
  error: z
    .object({
      code: text,
      message: text,
      path: text.exactOptional(),
      position: z.number().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<BacktestFiringView>;

const backtestView = z.object({
  rule: text,
  version: count,
  against: z.union([z.literal('off'), count]).exactOptional(),
  from: millis,
  to: millis,
  messages: count,
  fired: count,
  firings: z.array(firing),
  effects: count,
  outcomes: z.partialRecord(z.enum(outcomes), count),
  difference: z
    .object({
      counts: z.object({ added: count, removed: count, changed: count }),
      added: z.array(firing),
      removed: z.array(firing),
      changed: z.array(z.object({ before: firing, after: firing })),
    })
    .exactOptional(),
  agreement: z.object({
    windowMs: millis,
    matched: count,
    contradicted: count,
    missed: count,
    byHand: z.array(
      z.object({
        at: millis,
        topic: text,
        payload: z.unknown(),
        origin: text,
        by: text,
        verdict: z.enum(['matched', 'contradicted', 'missed']),
        effectAt: millis.exactOptional(),
      }),
    ),
  }),
  incomplete: z.array(incomplete),
  seconds: z.number(),
}) satisfies z.ZodType<BacktestView>;

export const pastViews = { StatesView: statesView, BacktestView: backtestView } as const;
