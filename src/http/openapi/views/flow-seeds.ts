// The flows that come with Homerule.
import { z } from 'zod';
import type { FlowSeedAddedView, FlowSeedView } from '../../../api/index.ts';
import { count, list, text } from './shapes.ts';

const words = z.object({ en: text, zh: text });

const flowSeedView = z.object({
  name: text,
  title: words,
  description: words,
  settings: z.array(
    z.object({
      name: text,
      kind: z.enum(['device', 'property', 'label', 'topic', 'channel', 'duration', 'number', 'text']),
      label: words,
      value: text,
    }),
  ),
  added: z.boolean(),
}) satisfies z.ZodType<FlowSeedView>;

const flowSeedAddedView = z.object({
  name: text,
  flow: text,
  added: count,
  kept: count,
  replaced: count,
}) satisfies z.ZodType<FlowSeedAddedView>;

export const flowSeedsViews = {
  FlowSeedList: list(flowSeedView),
  FlowSeedAddedView: flowSeedAddedView,
} as const;
