// A value that this browser remembers, as JSON; what cannot be read is as if it were not there.
import type { TextStorage } from './storage.ts';

export function readStored<Value>(
  storage: TextStorage,
  key: string,
  parse: (value: unknown) => Value | undefined,
): Value | undefined {
  const text = storage.getItem(key);
  if (text === null) return undefined;
  try {
    return parse(JSON.parse(text));
  } catch {
    return undefined; // another version of this page wrote it
  }
}

/** False when the browser has no room for it. */
export function writeStored(storage: TextStorage, key: string, value: unknown): boolean {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
}
