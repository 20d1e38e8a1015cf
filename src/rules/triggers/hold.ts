// `for` and `gap`, which several kinds have: what a trigger sees must hold for a while before it wakes the rule.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import { durationShape } from '../model/field.ts';
import type { Hold } from './kind.ts';

export const holdShape = {
  for: durationShape.optional(),
  gap: z.enum(['trust', 'reset'], { error: 'expected trust or reset' }).optional(),
} as const;

export function compileHold(
  document: { readonly for?: string | number | undefined; readonly gap?: Hold['gap'] | undefined },
  path: string,
  context: CompileContext,
): Hold | undefined {
  const { for: written, gap } = document;
  if (written !== undefined) {
    const duration = context.duration(written, `${path}.for`);
    return duration && { for: duration, gap: gap ?? 'trust' };
  }
  if (gap !== undefined)
    context.report({
      path: `${path}.gap`,
      code: 'needless-gap',
      severity: 'warning',
      message: 'gap says what an outage does to what must hold; without "for" nothing must',
    });
  return undefined;
}
