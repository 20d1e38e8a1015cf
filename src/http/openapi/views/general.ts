// The house itself and what went wrong.
import { z } from 'zod';
import type { MachineView, ProblemDocument, ProblemView, SystemView } from '../../../api/index.ts';
import { count, millis, text } from './shapes.ts';

export const problemView = z.object({
  path: text,
  code: text,
  message: text,
  severity: z.enum(['error', 'warning']),
  line: count.exactOptional(),
  column: count.exactOptional(),
  start: count.exactOptional(),
  end: count.exactOptional(),
  params: z.record(text, text).exactOptional(),
  suggestion: text.exactOptional(),
}) satisfies z.ZodType<ProblemView>;

const problemDocument = z.object({
  type: text,
  title: text,
  status: count,
  code: text,
  detail: text,
  params: z.record(text, text).exactOptional(),
  problems: z.array(problemView).exactOptional(),
}) satisfies z.ZodType<ProblemDocument>;

const machineView = z.object({
  addresses: z.array(text),
  memoryBytes: count,
  loopDelayMs: count,
  disk: z.object({ freeBytes: count, totalBytes: count }).exactOptional(),
  certificate: z.object({ names: z.array(text), endsAt: millis, isOwn: z.boolean() }).exactOptional(),
}) satisfies z.ZodType<MachineView>;

const systemView = z.object({
  version: text,
  node: text,
  startedAt: millis,
  now: millis,
  zone: text,
  place: z.object({ latitude: z.number(), longitude: z.number() }).exactOptional(),
  dataDir: text,
  listeners: z.array(
    z.object({
      kind: z.enum(['mqtt', 'mqtts', 'ws', 'wss', 'unix', 'http', 'socket']),
      address: text,
      port: count.exactOptional(),
    }),
  ),
  machine: machineView,
  counters: z.record(z.string(), count),
}) satisfies z.ZodType<SystemView>;

export const generalViews = {
  Health: z.object({ status: z.enum(['ok', 'ready']) }),
  ProblemDocument: problemDocument,
  ProblemView: problemView,
  SystemView: systemView,
} as const;
