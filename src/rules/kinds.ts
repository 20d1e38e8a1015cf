// The kinds of triggers and actions as data, from the tables and their shapes: for forms, which know no kind by name.
import { z } from 'zod';
import { actionKinds } from './actions/table.ts';
import { type FieldKind, fieldKinds } from './model/field.ts';
import { triggerKinds } from './triggers/table.ts';

export interface KindOption {
  readonly name: string;
  readonly field: FieldKind;
  readonly required: boolean;
  /** A list of such is taken, too. */
  readonly many: boolean;
  /** The values that there are, or of a text those that are usual. */
  readonly choices?: readonly (string | number | boolean)[];
  readonly min?: number;
  readonly max?: number;
}

export interface KindFacts {
  readonly verb: string;
  readonly doc: { readonly en: string; readonly zh: string };
  /** One entry, as YAML. */
  readonly example: string;
  /** The verb first. */
  readonly options: readonly KindOption[];
}

/** What is read of a JSON schema. */
interface Schema {
  readonly field?: unknown;
  /** Its kind asks for it, though the shape lets it be left out. */
  readonly needed?: boolean;
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: KindOption['choices'];
  readonly const?: string | number | boolean;
  readonly items?: Schema;
  readonly examples?: KindOption['choices'];
  readonly minimum?: number;
  readonly maximum?: number;
}

function alternativesOf(schema: Schema): readonly Schema[] {
  return schema.anyOf?.flatMap(alternativesOf) ?? [schema];
}

function choicesOf(schemas: readonly Schema[]): KindOption['choices'] {
  const values = schemas.flatMap((each) => each.enum ?? (each.const === undefined ? [] : [each.const]));
  return values.length > 0 && values.some((value) => value !== true) ? [...new Set(values)] : undefined;
}

function fieldOf(schema: Schema, single: readonly Schema[]): FieldKind {
  const said = fieldKinds.find((kind) => kind === schema.field);
  if (said !== undefined) return said;
  if (choicesOf(single) !== undefined) return 'choice';
  const types = new Set(single.flatMap(({ type = [] }) => type));
  if (types.has('boolean') && types.size === 1) return 'flag';
  if (types.has('string')) return 'text';
  return types.has('number') || types.has('integer') ? 'number' : 'value';
}

function optionOf(name: string, schema: Schema, required: boolean): KindOption {
  const all = alternativesOf(schema);
  const single = all.filter(({ type }) => type !== 'array');
  const choices = schema.examples ?? choicesOf(single);
  const { minimum, maximum } = single.length === 1 ? (single[0] ?? {}) : {};
  return {
    name,
    field: fieldOf(schema, single),
    required: required || schema.needed === true,
    many: single.length < all.length && single.length > 0,
    ...(choices && { choices }),
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && { min: minimum }),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && { max: maximum }),
  };
}

function factsOf({
  verb,
  doc,
  example,
  schema,
}: Omit<KindFacts, 'options'> & { readonly schema: z.ZodObject }): KindFacts {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = new Set(made.required);
  const options = Object.entries(made.properties ?? {}).map(([name, option]) =>
    optionOf(name, option as Schema, required.has(name) || name === verb),
  );
  return { verb, doc, example, options };
}

export function listKinds(): {
  readonly triggers: readonly KindFacts[];
  readonly actions: readonly KindFacts[];
} {
  return { triggers: triggerKinds.map(factsOf), actions: actionKinds.map(factsOf) };
}
