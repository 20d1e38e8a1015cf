// Where a random expression may differ from the jsonata package, told from its tree; the reasons are in
// src/expression/README.md.
import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from './generated.ts';

/** Whether a constructor with several parts is anywhere in a tree of the package. */
export function hasConstructor(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, value, expressions: items, group } = node as Record<string, unknown>;
  const isArray = type === 'unary' && value === '[' && Array.isArray(items) && items.length > 1;
  const isObject = (type === 'unary' && value === '{') || group !== undefined;
  return isArray || isObject || Object.values(node).some(hasConstructor);
}

interface RawStep {
  readonly type?: string;
  readonly tuple?: boolean;
  readonly stages?: readonly { readonly type: string; readonly expr?: { readonly type: string } }[];
}

/** The package forgets after a sort that items carry variables: filters, sorts and groups right behind it see none. */
function forgetsAfterSort(steps: readonly RawStep[], hasGroup: boolean): boolean {
  const start = steps.findIndex(({ tuple }) => tuple);
  return steps.some(({ type, stages = [] }, index) => {
    if (start < 0 || index < start || type !== 'sort') return false;
    const isFiltered = stages.some(({ expr }) => expr !== undefined && expr.type !== 'number');
    const isLast = index === steps.length - 1;
    return isFiltered || steps[index + 1]?.type === 'sort' || (isLast && hasGroup);
  });
}

/** Whether the package shows what a path carries with its items, or loses it: see src/expression/README.md. */
export function mistakesTuples(node: unknown, isStep = false): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some((part) => mistakesTuples(part));
  const { type, tuple, steps, group, ...rest } = node as Record<string, unknown>;
  if ((type === 'block' || type === 'path') && tuple === true && !isStep) return true;
  const list = Array.isArray(steps) ? steps : [];
  if (forgetsAfterSort(list, group !== undefined)) return true;
  if (list.some((step) => mistakesTuples(step, true)) || mistakesTuples(group)) return true;
  const items = isStep && type === 'block' && Array.isArray(rest['expressions']) ? rest['expressions'] : [];
  if (items.length > 0) {
    const last = items.at(-1);
    const { expressions: _, ...others } = rest;
    return (
      items.slice(0, -1).some((item) => mistakesTuples(item)) ||
      mistakesTuples(last, true) ||
      mistakesTuples(Object.values(others))
    );
  }
  return mistakesTuples(Object.values(rest));
}

function has(node: unknown, type: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  return Reflect.get(node, 'type') === type || Object.values(node).some((part) => has(part, type));
}

/** `[*].x`: the package takes the flags of the list that the constructor is evaluated in for fields. */
export function readsFlags(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Reflect.get(node, 'consarray') === true && has(node, 'wildcard')) return true;
  return Object.values(node).some(readsFlags);
}

/** The flag of a sequence among its items, and what the package keeps in its functions. */
function showsInside(own: unknown, reference: unknown): string | undefined {
  const withoutFlags = (value: unknown): unknown =>
    Array.isArray(value) ? value.filter((item) => item !== true).map(withoutFlags) : value;
  if (JSON.stringify(reference)?.includes('"definition"')) return 'fields of functions';
  return isDeepStrictEqual(withoutFlags(own), withoutFlags(reference)) ? 'flags of sequences' : undefined;
}

/** What a failure of ours is for that the package has a value for, by code and function. */
const refusals = new Map<string, string>([
  ['T0410 replace', 'a function that replaces plain text'],
  ['D1001 formatNumber', 'an infinite number in a picture'],
  ['D1001 fromMillis', 'a time beyond all years'],
]);

/** On purpose, or undefined. */
export function deviationOf(source: string, own: Outcome, reference: Outcome): string | undefined {
  const theirs = JSON.stringify(reference);
  if (source.includes('{') && theirs.includes('[null]')) return 'the package changes its input';
  if (/\$spread\b/.test(source) && source.includes('[$sum]')) return 'fields of functions';
  // letters of the other case
  if (source.includes('$parseInteger') && /"[AaIi]"/.test(source))
    return 'text that does not fit its picture';
  if (theirs.includes('-NaN')) return 'no number in a picture';
  if (/\$format(Number|Integer)/.test(source) && source.includes('1e21'))
    return 'a number from 1e21 on in a picture';
  if (!('code' in own)) return 'value' in reference ? showsInside(own.value, reference.value) : undefined;
  if (own.code === 'T1010') return 'a matcher that gives no match';
  if (own.code === 'D1001' && source.includes('$formatInteger')) return 'an infinite number in a picture';
  if (own.code === 'D3030' && source.includes('$parseInteger')) return 'text that does not fit its picture';
  if (own.code === 'T0410' && source.includes('$fromMillis')) return 'an offset that is none';
  if (own.code === 'D3132') return 'an unknown component of a picture';
  if (own.code === 'D1001' && (theirs.includes('NaN-') || source.includes('$fromMillis')))
    return 'a time beyond all years';
  return refusals.get(`${own.code} ${own.token}`);
}

/** The package looks for the digits of an infinite number without end. */
export function neverEnds(source: string): boolean {
  return /\$format(Number|Integer)/.test(source) && source.includes('1/0');
}
