// One value for one key, from one place, before it is believed.
import type { ConfigKey } from './keys.ts';

export type Origin = 'default' | 'file' | 'environment' | 'flag';

export interface Setting {
  readonly path: string;
  readonly value: unknown;
  readonly origin: Origin;
  /** Where a person finds it: `data/homerule.yaml:3:9`, `HOMERULE_MQTT__PORT`, `--mqtt-port`. */
  readonly where: string;
}

/** What a source gave: settings of known keys, and words about everything else. */
export interface Reading {
  readonly settings: readonly Setting[];
  readonly problems: readonly string[];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Where inside a list or an object the fault is, when its schema says in words what was expected there. */
function faultInside(key: ConfigKey, value: unknown): string | undefined {
  const issues = key.schema.safeParse(value).error?.issues ?? [];
  const issue = issues.find(({ path, message }) => path.length > 0 && message.startsWith('expected '));
  if (issue === undefined) return undefined;
  const place = issue.path
    .map((name) => (typeof name === 'number' ? `[${name}]` : `.${String(name)}`))
    .join('');
  const there = issue.path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
  return `${place}: ${issue.message}, got ${shown(there)}`;
}

/** The words for a value that its key does not take; a secret is not repeated. */
export function wrongValue(key: ConfigKey, { where, value }: Setting): string {
  const inside = key.isSecret === true ? undefined : faultInside(key, value);
  if (inside !== undefined) return `${where}: ${key.path}${inside}`;
  const got = key.isSecret === true ? 'something else' : shown(value);
  return `${where}: ${key.path}: expected ${key.expected}, got ${got}`;
}

/** Text from a flag or the environment as the first of text, number, yes or no, or list that the key takes. */
export function fromText(key: ConfigKey, text: string): unknown {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const flag = ['true', 'false'].includes(text.trim()) ? [text.trim() === 'true'] : [];
  const number = text.trim() === '' ? text : Number(text);
  const found = [text, number, ...flag, parts].find((value) => key.schema.safeParse(value).success);
  return found ?? text;
}
