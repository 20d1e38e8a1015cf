// Reads `plugin.json`: what a plugin is and may do, known before its code runs.
import { z } from 'zod';
import { pluginId } from '../api/index.ts';
import { filterFault } from '../base/index.ts';
import type { PluginManifest } from './contract.ts';
import { fail } from './errors.ts';

const words = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });

const filter = z.string().superRefine((text, context) => {
  const fault = filterFault(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: `is no MQTT filter: ${fault}` });
});

const manifestSchema = z.strictObject({
  id: pluginId,
  version: z.string().regex(/^\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/, { error: 'expected a version such as 1.2.0' }),
  contract: z.literal(1, { error: 'this house knows version 1 of the contract' }),
  name: words,
  description: words.exactOptional(),
  main: z
    .string()
    .regex(/^(?!.*\.\.)[\w./-]+\.(?:js|mjs|ts)$/, { error: 'expected a module in the folder of the plugin' }),
  config: z.record(z.string(), z.unknown()).exactOptional(),
  permissions: z
    .strictObject({
      publish: z.array(filter).exactOptional(),
      subscribe: z.array(filter).exactOptional(),
      devices: z.array(z.enum(['read', 'set', 'describe'])).exactOptional(),
      secrets: z.array(z.string().min(1)).exactOptional(),
      http: z.boolean().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<PluginManifest>;

function sayAll(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'plugin.json'}: ${message}`);
}

/** `where` is told with what is wrong. Throws `plugin-invalid`. */
export function parseManifest(text: string, where: string): PluginManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail('plugin-invalid', `${where} is no JSON`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = sayAll(parsed.error);
  throw fail('plugin-invalid', `${where}: ${problems.join('; ')}`, { details: { problems } });
}
