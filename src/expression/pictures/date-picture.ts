// Pictures of instants (`[D1o] [MNn] [Y0001]`), after format-dateTime of XPath 3.1, cut into literals and markers.
import { Failure } from '../errors.ts';
import { type IntegerPicture, integerPicture, widened } from './integer-picture.ts';

export interface Marker {
  readonly component: string;
  /** Written as a name, and in which case. */
  readonly names: 'upper' | 'lower' | 'title' | undefined;
  readonly integer: IntegerPicture | undefined;
  /** Characters of a name at most. */
  readonly mostLetters: number | undefined;
  /** The last digits of a year that are shown; all where it is undefined. */
  readonly yearDigits: number | undefined;
  /** `[Z…t]`: UTC is `Z`. */
  readonly isZuluShort: boolean;
}

export type DatePart = string | Marker;

const usual: Readonly<Record<string, string>> = {
  Y: '1',
  M: '1',
  D: '1',
  d: '1',
  F: 'n',
  W: '1',
  w: '1',
  X: '1',
  x: '1',
  H: '1',
  h: '1',
  P: 'n',
  m: '01',
  s: '01',
  f: '1',
  Z: '01:01',
  z: '01:01',
  C: 'n',
  E: 'n',
};

/** What is a number unless it is a name. */
export const numericComponents = 'YMDdFWwXxHhmsf';

interface Widths {
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** `,2-4`; `*` and what is no number is no bound. */
function widthsOf(text: string | undefined): Widths {
  const [least, most] = (text ?? '').split('-').map((part) => Number.parseInt(part, 10));
  const bound = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value);
  return { least: bound(least), most: bound(most) };
}

function namesOf(presentation: string): Marker['names'] {
  if (presentation.startsWith('n')) return 'lower';
  if (!presentation.startsWith('N')) return undefined;
  return presentation[1] === 'n' ? 'title' : 'upper';
}

/** Widths reach a picture that could not be meant: more digits than any number of a date has. */
const mostDigits = 1_000;

function atLeast(picture: IntegerPicture, digits: number | undefined): IntegerPicture {
  return digits === undefined || digits <= picture.decimal.mandatory
    ? picture
    : widened(picture, Math.min(digits, mostDigits));
}

interface Numbered {
  readonly integer: IntegerPicture;
  readonly yearDigits?: number;
}

function yearOf(picture: IntegerPicture, most: number | undefined): Numbered {
  if (most !== undefined) return { integer: widened(picture, Math.min(most, mostDigits)), yearDigits: most };
  const digits = picture.decimal.mandatory + picture.decimal.optional;
  return digits >= 2 ? { integer: picture, yearDigits: digits } : { integer: picture };
}

function numbered(component: string, pattern: string, widths: Widths): Numbered {
  if (component === 'Z' || component === 'z') return { integer: integerPicture(pattern) };
  const picture = atLeast(integerPicture(pattern), widths.least);
  return component === 'Y' ? yearOf(picture, widths.most) : { integer: picture };
}

function markerOf(written: string): Marker {
  const text = written.replace(/\s+/g, '');
  const component = text.charAt(0);
  const comma = text.lastIndexOf(',');
  const shown = text.slice(1, comma < 0 ? undefined : comma);
  const standard = Object.hasOwn(usual, component) ? usual[component] : undefined;
  if (standard === undefined) throw new Failure('D3132', { value: component });
  const modifier = shown.length > 1 && 'atco'.includes(shown.at(-1) ?? '') ? shown.at(-1) : undefined;
  const presentation = (modifier === undefined ? shown : shown.slice(0, -1)) || standard;
  const widths = widthsOf(comma < 0 ? undefined : text.slice(comma + 1));
  const names = namesOf(presentation);
  const isZone = component === 'Z' || component === 'z';
  const isNumber = isZone || (names === undefined && numericComponents.includes(component));
  const pattern = modifier === undefined || isZone ? presentation : `${presentation};${modifier}`;
  const { integer, yearDigits } = isNumber ? numbered(component, pattern, widths) : {};
  return { component, names, integer, yearDigits, mostLetters: widths.most, isZuluShort: modifier === 't' };
}

const piece = /\[\[|\[([^\]]*)(\]?)|[^[]+/g;

export function datePicture(picture: string): DatePart[] {
  return Array.from(picture.matchAll(piece), ([all, marker, close]) => {
    if (all === '[[') return '[';
    if (marker === undefined) return all.replaceAll(']]', ']');
    if (close === '') throw new Failure('D3135', { value: picture });
    return markerOf(marker);
  });
}
