// `client: PATTERN` wakes the rule when an MQTT client connected or disconnected.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { longestIdPattern, matchesId } from '../model/id-pattern.ts';
import { triggerKind } from './kind.ts';

const pattern = z.string().min(1).max(longestIdPattern);
const changes = ['connected', 'disconnected'] as const;

export const client = triggerKind({
  verb: 'client',
  doc: {
    en: 'an MQTT client whose id matches (`*` any text, `?` one character) connected or disconnected',
    zh: '标识匹配（`*` 任意文字，`?` 一个字符）的 MQTT 客户端上线或离线',
  },
  example: 'client: "lamp-*"\nto: disconnected',
  shape: {
    client: field(
      'client',
      z.union([pattern, z.array(pattern).min(1)], {
        error: `expected a pattern of client ids of at most ${longestIdPattern} characters, or a list of them`,
      }),
    ),
    to: z
      .union([z.enum(changes), z.array(z.enum(changes)).min(1)], {
        error: `expected one of ${changes.join(', ')}`,
      })
      .optional(),
  },
  compile({ client: written, to }) {
    const patterns = typeof written === 'string' ? [written] : written;
    const wanted = typeof to === 'string' ? [to] : (to ?? changes);
    return {
      on: 'signal',
      signal: 'client',
      accept: ({ name, value }) =>
        wanted.some((change) => change === value) && patterns.some((each) => matchesId(each, name))
          ? { value }
          : undefined,
    };
  },
});
