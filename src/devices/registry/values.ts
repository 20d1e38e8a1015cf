// What a property's kind makes of a value: what devices report is taken as it is meant, what people want is checked.
import { hexOf, parseHex } from '../model/color.ts';
import type { PropertyDescription } from '../model/description.ts';

/** The value, or what was expected instead. */
export type Judged = { readonly value: unknown } | { readonly expected: string };

type Range = Pick<PropertyDescription, 'kind' | 'min' | 'max' | 'step' | 'unit' | 'options'>;

const words: Readonly<Record<string, boolean>> = {
  true: true,
  on: true,
  yes: true,
  '1': true,
  false: false,
  off: false,
  no: false,
  '0': false,
};
const longestText = 10_000;

function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const word = String(value).trim().toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function numberOf(value: unknown): number | undefined {
  const isText = typeof value === 'string' && value.trim() !== '';
  const number = isText ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function colorOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value.trim());
  const rgb = parseHex(
    short === null
      ? value.trim()
      : short
          .slice(1)
          .map((digit) => digit + digit)
          .join(''),
  );
  return rgb && hexOf(rgb);
}

function range({ min, max, unit }: Range): string {
  const of = unit === undefined ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}${of}`;
  if (min !== undefined) return `a number from ${min}${of}`;
  return max === undefined ? `a number${of && ` of${of}`}` : `a number up to ${max}${of}`;
}

/** What a value of this property must be, after "expected". */
export function expectedOf(property: Range): string {
  switch (property.kind) {
    case 'boolean':
      return 'true or false';
    case 'number':
      return range(property);
    case 'choice':
      return `one of ${(property.options ?? []).join(', ')}`;
    case 'text':
      return `text of at most ${property.max ?? longestText} characters`;
    case 'color':
      return 'a color such as #ff8000';
    case 'button':
      return 'true';
    case 'event':
    case 'json':
      return 'a JSON value';
  }
}

/** The value as its kind has it; undefined when it cannot be one. */
function converted(kind: PropertyDescription['kind'], value: unknown): unknown {
  switch (kind) {
    case 'boolean':
    case 'button':
      return booleanOf(value);
    case 'number':
      return numberOf(value);
    case 'choice':
    case 'text':
      return textOf(value);
    case 'color':
      return colorOf(value);
    case 'event':
    case 'json':
      return value;
  }
}

/** Of a report: null stays null, for "not known"; a device may say more than its description allows. */
export function judgeReport(property: Range, value: unknown): Judged {
  if (value === null) return { value };
  const known = converted(property.kind, value);
  return known === undefined ? { expected: expectedOf(property) } : { value: known };
}

function isAllowed({ kind, min, max, options }: Range, value: unknown): boolean {
  if (kind === 'number')
    return (
      Number(value) >= (min ?? Number.NEGATIVE_INFINITY) && Number(value) <= (max ?? Number.POSITIVE_INFINITY)
    );
  if (kind === 'choice') return options === undefined || options.includes(String(value));
  if (kind === 'text') return String(value).length <= (max ?? longestText);
  return kind === 'button' ? value === true : true;
}

/** Of a wish: within what the description allows. */
export function judgeWish(property: Range, value: unknown): Judged {
  const known = value === null ? undefined : converted(property.kind, value);
  const isGood = known !== undefined && isAllowed(property, known);
  return isGood ? { value: known } : { expected: expectedOf(property) };
}

/** How far apart two numbers may lie that mean the same to a device with steps of its own. */
function slack({ min, max, step = 0 }: Range): number {
  const width = min === undefined || max === undefined ? 0 : max - min;
  return Math.max(step, width / 100);
}

const colorSlack = 16;

/** Whether a report says what was wanted, as well as the device can. */
export function agrees(property: Range, wanted: unknown, reported: unknown): boolean {
  if (typeof wanted === 'number' && typeof reported === 'number')
    return Math.abs(wanted - reported) <= slack(property) + 1e-9;
  if (property.kind !== 'color' || typeof wanted !== 'string' || typeof reported !== 'string')
    return JSON.stringify(wanted) === JSON.stringify(reported);
  const there = parseHex(reported);
  return (
    parseHex(wanted)?.every((channel, i) => Math.abs(channel - (there?.[i] ?? -255)) <= colorSlack) === true
  );
}
