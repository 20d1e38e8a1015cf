// Shadow rules.
import { z } from 'zod';
import { type ShadowEntryView, type ShadowView, shadowDeeds, shadowVerdicts } from '../../../api/index.ts';
import { count, millis, text } from './shapes.ts';

const verdict = z.enum(shadowVerdicts);

const entry = z.object({
  id: text,
  version: count,
  run: text,
  at: millis,
  what: z.enum(shadowDeeds),
  target: text,
  value: z.unknown(),
  verdict,
  realAt: millis.exactOptional(),
  realBy: text.exactOptional(),
}) satisfies z.ZodType<ShadowEntryView>;

export const shadowsViews = {
  ShadowView: z.object({
    rule: text,
    isShadow: z.boolean(),
    windowMs: millis,
    counts: z.partialRecord(verdict, count),
    items: z.array(entry),
    next: text.exactOptional(),
  }) satisfies z.ZodType<ShadowView>,
} as const;
