// What is read of a JSON Schema to draw a form: kinds, choices, defaults. What it does not know becomes a field for text.
import type { Language } from '../i18n/language.ts';

export interface SchemaPart {
  readonly kind: 'object' | 'array' | 'text' | 'secret' | 'number' | 'boolean' | 'choice' | 'json';
  readonly title: string;
  readonly description: string;
  readonly choices: readonly string[];
  readonly fallback: unknown;
  readonly required: boolean;
  readonly properties: readonly (readonly [name: string, part: SchemaPart])[];
  readonly items: SchemaPart | undefined;
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A secret that was set before: its name stands for it. */
export function isSecretSet(value: unknown): boolean {
  return typeof recordOf(value)['$secret'] === 'string';
}

function kindOf(schema: Readonly<Record<string, unknown>>): SchemaPart['kind'] {
  const { type, format } = schema;
  if (Array.isArray(schema['enum'])) return 'choice';
  if (type === 'string') return format === 'secret' ? 'secret' : 'text';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean' || type === 'array') return type;
  return type === 'object' && schema['properties'] !== undefined ? 'object' : 'json';
}

/** Its title and description; a plugin may say them in Chinese beside, under `zh`. */
function wordsOf(schema: Readonly<Record<string, unknown>>, language: Language) {
  const own = language === 'zh-CN' ? recordOf(schema['zh']) : {};
  const [title, description] = [textOf(own['title']), textOf(own['description'])];
  return {
    title: title || textOf(schema['title']),
    description: description || textOf(schema['description']),
  };
}

export function partOf(value: unknown, language: Language, required = false): SchemaPart {
  const schema = recordOf(value);
  const needed = listOf(schema['required']);
  return {
    kind: kindOf(schema),
    ...wordsOf(schema, language),
    choices: listOf(schema['enum']).map(String),
    fallback: schema['default'],
    required,
    properties: Object.entries(recordOf(schema['properties'])).map(([name, part]) => [
      name,
      partOf(part, language, needed.includes(name)),
    ]),
    items: schema['items'] === undefined ? undefined : partOf(schema['items'], language),
  };
}

/** The object with that field, or without it when there is nothing in it. */
export function withField(value: unknown, name: string, next: unknown): Readonly<Record<string, unknown>> {
  const { [name]: _old, ...rest } = recordOf(value);
  return next === undefined || next === '' ? rest : { ...rest, [name]: next };
}

/** What a new item of a list begins with. */
export function newItem(part: SchemaPart | undefined): unknown {
  return part?.kind === 'object' ? {} : '';
}
