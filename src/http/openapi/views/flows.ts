// Node-RED.
import { z } from 'zod';
import type { FlowsView, FlowVersionView } from '../../../api/index.ts';
import { count, list, millis, text } from './shapes.ts';

const flowsView = z.object({
  state: z.enum(['off', 'stopped', 'starting', 'running', 'safe', 'crashed']),
  since: millis,
  version: text,
  pid: count.exactOptional(),
  rss: count.exactOptional(),
  restarts: count,
  lastError: z.object({ at: millis, message: text }).exactOptional(),
}) satisfies z.ZodType<FlowsView>;

const flowVersionView = z.object({
  version: count,
  at: millis,
  by: text,
  type: text,
  diff: z
    .array(
      z.object({
        id: text,
        type: text,
        name: text.exactOptional(),
        change: z.enum(['added', 'removed', 'changed']),
        text,
      }),
    )
    .exactOptional(),
  flows: z.array(z.looseObject({ id: text, type: text })).exactOptional(),
}) satisfies z.ZodType<FlowVersionView>;

export const flowsViews = {
  FlowsView: flowsView,
  FlowVersionView: flowVersionView,
  FlowVersionList: list(flowVersionView),
} as const;
