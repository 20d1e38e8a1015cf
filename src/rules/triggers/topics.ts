// What `message`, `change` and other kinds on topics share: filters, one or several, and the origin they listen to.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import type { MessageInput } from '../input.ts';
import { field } from '../model/field.ts';
import { parsePattern, type TopicPattern } from '../model/topic-pattern.ts';

export const filterShape = field(
  'filter',
  z.union([z.string(), z.array(z.string()).min(1)], { error: 'expected a topic filter or a list of them' }),
);

const origins = ['any', 'client', 'rule', 'bridge', 'flow', 'api'] as const;
export const originShape = z.enum(origins, { error: `expected one of ${origins.join(', ')}` }).optional();

/** Undefined for any. */
export function originOf(origin: (typeof origins)[number] | undefined): MessageInput['origin'] | undefined {
  return origin === 'any' ? undefined : origin;
}

export function originAccepts(origin: (typeof origins)[number] | undefined, input: MessageInput): boolean {
  return origin === undefined || origin === 'any' || origin === input.origin;
}

/** Compiles the filters under `key`; undefined with findings when one is wrong. */
export function compilePatterns(
  written: string | readonly string[],
  path: string,
  context: CompileContext,
): TopicPattern[] | undefined {
  const list = typeof written === 'string' ? [written] : written;
  const patterns: TopicPattern[] = [];
  for (const [index, text] of list.entries()) {
    const result = parsePattern(text);
    if ('pattern' in result) {
      patterns.push(result.pattern);
      context.hear(result.pattern.filter);
    } else {
      context.report({
        path: typeof written === 'string' ? path : `${path}[${index}]`,
        code: 'bad-filter',
        message: `"${text}" is not a topic filter: ${result.fault}`,
        params: { text, why: result.why },
        ...(result.suggestion !== undefined && { suggestion: result.suggestion }),
      });
    }
  }
  return patterns.length === list.length ? patterns : undefined;
}
