// The shape of a run's trace, for the OpenAPI document; the compiler holds it to contract.ts.
import { z } from 'zod';
import type { RunStatus, RunView } from '../../../api/index.ts';

export const runStatus: z.ZodType<RunStatus> & { options: readonly RunStatus[] } = z.enum([
  'running',
  'waiting',
  'finished',
  'stopped',
  'superseded',
  'refused',
  'timed-out',
  'failed',
  'cancelled',
  'conditions-failed',
]);

const qos = z.union([z.literal(0), z.literal(1), z.literal(2)]);
const values = z.record(z.string(), z.unknown());
const text = z.string();
const millis = z.number();

export const traceError = z.object({
  code: text,
  message: text,
  params: z.record(text, text).exactOptional(),
  path: text.exactOptional(),
  position: z.number().exactOptional(),
});

export const part = z.object({
  source: text,
  start: z.number(),
  end: z.number(),
  value: z.unknown().optional(),
});

export const clause = z.object({
  source: text,
  start: z.number(),
  end: z.number(),
  value: z.unknown().optional(),
  wanted: z.boolean(),
  operator: z.enum(['=', '!=', '<', '<=', '>', '>=', 'in']).exactOptional(),
  left: z.unknown().optional(),
  right: z.unknown().optional(),
  distance: z.number().exactOptional(),
  missing: z.array(text).exactOptional(),
});

export const traceExpression = z.object({
  path: text,
  source: text,
  result: z.enum(['pass', 'fail', 'error']).exactOptional(),
  value: z.unknown().optional(),
  parts: z.array(part),
  decided: z.array(clause).exactOptional(),
  error: traceError.exactOptional(),
});

const trigger = z.object({
  index: z.number(),
  id: text.exactOptional(),
  verb: text,
  at: millis,
  topic: text.exactOptional(),
  params: z.record(z.string(), z.string()).exactOptional(),
  payload: z.unknown().optional(),
  retain: z.boolean().exactOptional(),
  origin: text.exactOptional(),
  by: text.exactOptional(),
  depth: z.number().exactOptional(),
  cause: text.exactOptional(),
  seq: z.number(),
  lateMs: millis.exactOptional(),
  unobservedMs: millis.exactOptional(),
});

export const effectFields = {
  id: text,
  kind: z.enum(['publish', 'log', 'emit', 'variable', 'command', 'call']),
  name: text.exactOptional(),
  topic: text.exactOptional(),
  payload: z.unknown().optional(),
  qos: qos.exactOptional(),
  retain: z.boolean().exactOptional(),
  text: text.exactOptional(),
  refused: text.exactOptional(),
};

const step = z.object({
  path: text,
  verb: text,
  at: millis,
  durationMs: millis,
  id: text.exactOptional(),
  result: text.exactOptional(),
  expressions: z.array(traceExpression).exactOptional(),
  effects: z.array(z.object(effectFields)).exactOptional(),
  changed: values.exactOptional(),
  error: traceError.exactOptional(),
});

export const runView: z.ZodType<RunView> = z.object({
  id: text,
  rule: text,
  version: z.number(),
  at: millis,
  endedAt: millis.exactOptional(),
  status: runStatus,
  reason: text.exactOptional(),
  key: text.exactOptional(),
  trigger,
  when: traceExpression.exactOptional(),
  variables: values.exactOptional(),
  conditions: z.array(traceExpression),
  steps: z.array(step),
  error: traceError.exactOptional(),
  thin: z.boolean().exactOptional(),
  due: millis.exactOptional(),
});
