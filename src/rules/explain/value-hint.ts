// Two values that are not equal and look as if they were meant to be.

/** `type`: "1" and 1. `case`: "on" and "ON". `switch`: "ON" and true. `spaces`: " on" and "on". */
export type ValueHint = 'type' | 'case' | 'switch' | 'spaces';

const switches: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['yes', true],
  ['1', true],
  ['off', false],
  ['false', false],
  ['no', false],
  ['0', false],
]);

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function asSwitch(value: string | number | boolean): boolean | undefined {
  return typeof value === 'boolean' ? value : switches.get(String(value).trim().toLowerCase());
}

/** Undefined: they are equal, or have nothing to do with each other. */
export function valueHint(is: unknown, wanted: unknown): ValueHint | undefined {
  if (!isScalar(is) || !isScalar(wanted) || is === wanted) return undefined;
  if (typeof is !== typeof wanted && String(is) === String(wanted)) return 'type';
  if (typeof is === 'string' && typeof wanted === 'string') {
    if (is.trim() === wanted.trim()) return 'spaces';
    return is.trim().toLowerCase() === wanted.trim().toLowerCase() ? 'case' : undefined;
  }
  return asSwitch(is) !== undefined && asSwitch(is) === asSwitch(wanted) ? 'switch' : undefined;
}
