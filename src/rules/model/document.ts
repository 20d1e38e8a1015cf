// The shape of a rule document (rules.md section 1), without its triggers, conditions and actions.
import { z } from 'zod';
import { overdueShape } from './overdue.ts';

export const modes = ['single', 'restart', 'queued', 'parallel'] as const;
export type Mode = (typeof modes)[number];

const duration = z.union([z.string(), z.number()]);

export const ruleDocument = z.strictObject({
  id: z.string().optional(),
  name: z.string().max(200).optional(),
  description: z.string().max(10_000).optional(),
  labels: z.array(z.string().max(100)).max(50).optional(),
  enabled: z.boolean().optional(),
  priority: z.number().int().min(-1000).max(1000).optional(),
  mode: z.enum(modes, { error: `expected one of ${modes.join(', ')}` }).optional(),
  max: z.number().int().min(1).max(1000).optional(),
  key: z.string().optional(),
  limit: z.strictObject({ runs: z.number().int().min(1).max(100_000), in: duration }).optional(),
  onError: z.unknown().optional(),
  overdue: overdueShape.optional(),
  shadow: z.boolean().optional(),
  each: z.unknown().optional(),
  variables: z.record(z.string(), z.unknown()).optional(),
  triggers: z.unknown().optional(),
  conditions: z.unknown().optional(),
  actions: z.unknown().optional(),
  finally: z.unknown().optional(),
  /** Read with the text alone: what runs does not need them. */
  tests: z.unknown().optional(),
});

export type RuleDocument = z.output<typeof ruleDocument>;

export const documentKeys: readonly string[] = Object.keys(ruleDocument.shape);

const idText = /^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}_-]{0,99}$/u;

/** Words that stand in its place in addresses. */
const reserved: ReadonlySet<string> = new Set(['check', 'kinds', 'analysis', '__proto__']);

/** Why `id` cannot be a rule's id, or undefined. */
export function ruleIdFault(id: string): string | undefined {
  if (idText.test(id) && !reserved.has(id)) return undefined;
  return `"${id.slice(0, 60)}" is not an id: small letters, digits, - and _ only, 100 at the most`;
}

/** `Hallway light at night` → `hallway-light-at-night`; letters of any script are kept. */
export function idFromName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100);
  return slug === '' ? 'rule' : slug;
}
