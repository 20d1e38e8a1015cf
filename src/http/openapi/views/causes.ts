// What led to a value, link by link.
import { z } from 'zod';
import type { CausesView, CauseView } from '../../../api/index.ts';
import { gapView } from './history.ts';
import { count, millis, text } from './shapes.ts';

const causeView = z.object({
  kind: z.enum([
    'message',
    'report',
    'run',
    'hold',
    'command',
    'event',
    'device',
    'client',
    'rule',
    'webhook',
  ]),
  at: millis,
  seq: count.exactOptional(),
  origin: text.exactOptional(),
  by: text.exactOptional(),
  topic: text.exactOptional(),
  value: z.unknown().optional(),
  name: text.exactOptional(),
  run: text.exactOptional(),
  rule: text.exactOptional(),
  version: count.exactOptional(),
  trigger: z.object({ index: z.number(), verb: text, id: text.exactOptional() }).exactOptional(),
  path: text.exactOptional(),
}) satisfies z.ZodType<CauseView>;

const causesView = z.object({
  at: millis,
  value: z.unknown().optional(),
  since: millis.exactOptional(),
  links: z.array(causeView),
  end: z.object({
    kind: z.enum(['client', 'person', 'bridge', 'plugin', 'flow', 'webhook', 'time', 'house', 'unknown']),
    by: text.exactOptional(),
    reason: z.enum(['not-recorded', 'run-forgotten', 'too-long']).exactOptional(),
  }),
  gaps: z.array(gapView),
}) satisfies z.ZodType<CausesView>;

export const causesViews = { CausesView: causesView } as const;
