// Whether a value is as wanted. Compared as what the wanted value is: numbers as numbers, ON and true alike.
import type { NodeMessage } from 'node-red';
import type { Comparison } from '../kinds/fields.ts';
import { PaletteError } from './errors.ts';
import { splitNames, type Typed } from './settings.ts';
import type { Values } from './values.ts';

export type Condition = (value: unknown, msg: NodeMessage) => Promise<boolean>;

const truths: Readonly<Record<string, boolean>> = { true: true, on: true, false: false, off: false };

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : truths[String(value).toLowerCase()];
}

function isSame(value: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'number') return value !== '' && value !== null && Number(value) === wanted;
  if (typeof wanted === 'boolean') return booleanOf(value) === wanted;
  return String(value) === String(wanted) || (typeof value === 'boolean' && booleanOf(wanted) === value);
}

function isBetween(value: unknown, wanted: unknown, test: (a: number, b: number) => boolean): boolean {
  if (value === null || value === undefined || value === '') return false;
  return test(Number(value), Number(wanted));
}

const tests: {
  readonly [Op in Exclude<Comparison, 'any' | 'jsonata'>]: (value: unknown, wanted: unknown) => boolean;
} = {
  eq: isSame,
  neq: (value, wanted) => !isSame(value, wanted),
  lt: (value, wanted) => isBetween(value, wanted, (a, b) => a < b),
  lte: (value, wanted) => isBetween(value, wanted, (a, b) => a <= b),
  gt: (value, wanted) => isBetween(value, wanted, (a, b) => a > b),
  gte: (value, wanted) => isBetween(value, wanted, (a, b) => a >= b),
  contains: (value, wanted) =>
    Array.isArray(value) ? value.some((one) => isSame(one, wanted)) : String(value).includes(String(wanted)),
  in: (value, wanted) => splitNames(String(wanted)).some((one) => isSame(value, one)),
};

function isTest(op: string): op is keyof typeof tests {
  return Object.hasOwn(tests, op);
}

function constantOf({ value, type }: Typed): unknown {
  if (type === 'num') return Number(value);
  return type === 'bool' ? value === 'true' : value;
}

/** `any` passes always. An expression sees the message, with the value as payload. */
export function conditionOf(op: string, wanted: Typed, values: Values): Condition {
  if (op === 'any') return async () => true;
  if (op === 'jsonata') {
    const decide = values.prepare({ ...wanted, type: 'jsonata' });
    return async (_value, msg) => (await decide(msg)) === true;
  }
  if (!isTest(op)) throw new PaletteError('bad-settings', `"${op}" is no comparison`);
  const test = tests[op];
  if (wanted.type === 'jsonata') {
    const compared = values.prepare(wanted);
    return async (value, msg) => test(value, await compared(msg));
  }
  const constant = constantOf(wanted);
  return async (value) => test(value, constant);
}
