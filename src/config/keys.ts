// The keys of the schema as a flat list: for loading, for the reference and for `homerule config`.
import { z } from 'zod';
import { nearest } from '../base/index.ts';
import { type KeyDoc, keyDocs } from './key-docs.ts';
import { configSchema } from './schema.ts';

export interface ConfigKey extends KeyDoc {
  /** `mqtt.port` */
  readonly path: string;
  /** `HOMERULE_MQTT__PORT` */
  readonly variable: string;
  readonly schema: z.ZodType;
  /** Undefined when `otherwise` says what stands in. */
  readonly fallback: unknown;
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;

function inner(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
}

function leaf(path: string, schema: z.core.$ZodType): ConfigKey[] {
  const doc = keyDocs.get(schema);
  if (doc === undefined || !(schema instanceof z.ZodType)) return [];
  const variable = `HOMERULE_${path.replaceAll('.', '__').toUpperCase()}`;
  return [{ ...doc, path, variable, schema, fallback: schema.parse(undefined) }];
}

function keysOf(shape: Shape, prefix: string): ConfigKey[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const path = prefix + name;
    const group = inner(schema);
    return group instanceof z.ZodObject ? keysOf(group.shape, `${path}.`) : leaf(path, schema);
  });
}

/** In the order of the schema. */
export function configKeys(schema: z.ZodObject = configSchema): ConfigKey[] {
  return keysOf(schema.shape, '');
}

/** ` (did you mean mqtt.port?)`, or nothing when no known word is near. */
export function guess(word: string, known: Iterable<string>): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}
