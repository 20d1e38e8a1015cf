// Expressions and secrets.
import { z } from 'zod';
import type { EvaluateView, FunctionView, SecretView } from '../../../api/index.ts';
import { problemView } from './general.ts';
import { count, list, millis, text } from './shapes.ts';
import { part } from './traces.ts';

const functionView = z.object({
  name: text,
  signature: text.exactOptional(),
  source: text.exactOptional(),
  en: text,
  zh: text,
  example: z.object({ source: text, result: z.unknown() }).exactOptional(),
  isOwn: z.boolean(),
}) satisfies z.ZodType<FunctionView>;

const secretView = z.object({ name: text, changedAt: millis }) satisfies z.ZodType<SecretView>;

const evaluateView = z.object({
  value: z.unknown().optional(),
  type: z
    .enum(['missing', 'null', 'boolean', 'number', 'string', 'array', 'object', 'function'])
    .exactOptional(),
  error: z
    .object({
      code: text,
      message: text,
      position: count,
      token: text.exactOptional(),
      params: z.record(text, text).exactOptional(),
    })
    .exactOptional(),
  parts: z.array(part),
  problems: z.array(problemView),
}) satisfies z.ZodType<EvaluateView>;

export const expressionsViews = {
  SecretView: secretView,
  SecretList: list(secretView),
  FunctionView: functionView,
  FunctionList: list(functionView),
  EvaluateView: evaluateView,
} as const;
