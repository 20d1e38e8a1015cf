// What was recorded without the secrets in it: somebody may have sent one, and a trace or a message holds it then.
import { secretMark } from '../../expression/index.ts';

function concealedText(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (shown, secret) => (secret === '' ? shown : shown.replaceAll(secret, secretMark)),
    text,
  );
}

function concealedValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'number') return secrets.includes(String(value)) ? secretMark : value;
  if (typeof value === 'string') return concealedText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => concealedValue(item, secrets));
  return typeof value === 'object' && value !== null ? concealedFields(value, secrets) : value;
}

/** A mark in place of every text or number that is a secret or holds one; in names of fields, too. */
export function concealedFields(value: object, secrets: readonly string[]): Record<string, unknown> {
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, item]) => [concealedText(key, secrets), concealedValue(item, secrets)]),
  );
}

interface Fields {
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
}

export function concealedDocument({ name, given, steps }: Fields, secrets: readonly string[]): Fields {
  return {
    name: concealedText(name, secrets),
    given: concealedFields(given, secrets),
    steps: steps.map((step) => concealedFields(step, secrets)),
  };
}
