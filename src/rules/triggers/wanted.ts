// Which values a trigger wants: `from`, `to` and their opposites.
import { isDeepStrictEqual } from 'node:util';

export interface Wanted {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly notFrom?: unknown;
  readonly notTo?: unknown;
}

/** Only what is written: `to: null` is a wish, no `to` is none. */
export function wantedOf(document: Wanted): Wanted {
  const keys = ['from', 'to', 'notFrom', 'notTo'] as const;
  return Object.fromEntries(keys.flatMap((key) => (key in document ? [[key, document[key]]] : [])));
}

/** A list means any of them. */
export function isOneOf(value: unknown, wanted: unknown): boolean {
  return Array.isArray(wanted)
    ? wanted.some((item) => isDeepStrictEqual(value, item))
    : isDeepStrictEqual(value, wanted);
}

/** By `to` and `notTo`. */
export function isTarget(wanted: Wanted, value: unknown): boolean {
  if ('to' in wanted && !isOneOf(value, wanted.to)) return false;
  return !('notTo' in wanted && isOneOf(value, wanted.notTo));
}

export function isWanted(wanted: Wanted, previous: unknown, value: unknown): boolean {
  if ('from' in wanted && !isOneOf(previous, wanted.from)) return false;
  if ('notFrom' in wanted && isOneOf(previous, wanted.notFrom)) return false;
  return isTarget(wanted, value);
}
