// The generated reference of all keys, for the README and `homerule config --help`.
import { type ConfigKey, configKeys } from './keys.ts';

/** The default as it would stand in the file. */
export function defaultText({ fallback, otherwise }: ConfigKey): string {
  return otherwise ?? (typeof fallback === 'string' ? fallback : JSON.stringify(fallback));
}

/** A Markdown table. */
export function configReference(): string {
  const rows = configKeys().map(
    (key) => `| \`${key.path}\` | ${defaultText(key)} | ${key.about} | \`${key.variable}\` |`,
  );
  return ['| key | default | meaning | environment |', '|---|---|---|---|', ...rows, ''].join('\n');
}
