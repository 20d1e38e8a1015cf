// Checks values against the JSON Schemas that plugins give. zod reads them, so that there is one validator in the house.
import { z } from 'zod';
import type { JsonSchema } from './contract.ts';
import { fail } from './errors.ts';

export type Checked =
  /** With its defaults. */
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  /** Each with its path; `at`: where the first is. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly at: string };

export type Check = (value: unknown) => Checked;

const anyObject = z.record(z.string(), z.unknown());

function schemaOf(schema: JsonSchema, where: string): z.ZodType {
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    throw fail('plugin-invalid', `${where} is no JSON Schema that this house can read`, { cause: error });
  }
}

/** Without a schema any object passes. Throws `plugin-invalid` when the schema cannot be read. */
export function checkOf(schema: JsonSchema | undefined, where: string): Check {
  const checked = schema === undefined ? anyObject : schemaOf(schema, where).pipe(anyObject);
  return (value) => {
    const parsed = checked.safeParse(value);
    if (parsed.success) return { ok: true, value: parsed.data };
    const problems = parsed.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join('.')}: ${message}`,
    );
    const at = parsed.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, problems, at };
  };
}
