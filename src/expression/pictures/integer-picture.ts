// Pictures of whole numbers (`#,##0`, `Ww;o`, `I`), after format-integer of XPath 3.1: read, written with, parsed with.
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import { grouped, regularDistance, type Separator } from './grouping.ts';
import { fromLetters, fromRoman, fromWords, toLetters, toRoman, toWords, wordsPattern } from './numerals.ts';

type Case = 'upper' | 'lower' | 'title';

interface Decimal {
  /** Code of the digit zero. */
  readonly zero: number;
  /** Digits at least. */
  readonly mandatory: number;
  readonly optional: number;
  readonly separators: readonly Separator[];
  /** Whether the separators go on beyond those that are shown. */
  readonly isRegular: boolean;
}

export interface IntegerPicture {
  readonly kind: 'letters' | 'roman' | 'words' | 'decimal' | 'sequence';
  readonly case: Case;
  readonly isOrdinal: boolean;
  /** As written, without what follows `;`. */
  readonly text: string;
  readonly decimal: Decimal;
}

const decimalDigit = /^\p{Nd}$/u;

/** The zero of the digits that a character belongs to; undefined where it is no digit. */
function zeroOf(char: string): number | undefined {
  const code = char.codePointAt(0) ?? 0;
  if (code > 0xffff || !decimalDigit.test(char)) return undefined;
  let zero = code;
  while (decimalDigit.test(String.fromCharCode(zero - 1))) zero--;
  return zero;
}

function decimalOf(text: string): Decimal {
  let zero: number | undefined;
  let [mandatory, optional] = [0, 0];
  const separators: Separator[] = [];
  for (const char of [...text].reverse()) {
    const own = zeroOf(char);
    if (own !== undefined) {
      if (zero !== undefined && zero !== own) throw new Failure('D3131');
      zero = own;
      mandatory++;
    } else if (char === '#') optional++;
    else separators.push({ position: mandatory + optional, text: char });
  }
  return { zero: zero ?? 48, mandatory, optional, separators, isRegular: regularDistance(separators) > 0 };
}

const special: Readonly<Record<string, readonly [IntegerPicture['kind'], Case]>> = {
  A: ['letters', 'upper'],
  a: ['letters', 'lower'],
  I: ['roman', 'upper'],
  i: ['roman', 'lower'],
  W: ['words', 'upper'],
  Ww: ['words', 'title'],
  w: ['words', 'lower'],
};

export function integerPicture(picture: string): IntegerPicture {
  const end = picture.lastIndexOf(';');
  const text = end < 0 ? picture : picture.slice(0, end);
  const isOrdinal = end >= 0 && picture[end + 1] === 'o';
  const [kind, casing] = Object.hasOwn(special, text) ? (special[text] ?? []) : [];
  const decimal = decimalOf(kind === undefined ? text : '');
  const numeric = decimal.mandatory > 0 ? 'decimal' : 'sequence';
  return { kind: kind ?? numeric, case: casing ?? 'lower', isOrdinal, text, decimal };
}

/** With at least this many digits. */
export function widened(picture: IntegerPicture, mandatory: number): IntegerPicture {
  return { ...picture, decimal: { ...picture.decimal, mandatory } };
}

function inCase(text: string, casing: Case): string {
  if (casing === 'title') return text;
  return casing === 'upper' ? text.toUpperCase() : text.toLowerCase();
}

function suffixOf(digits: string): string {
  if (digits.at(-2) === '1') return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[digits.at(-1) ?? ''] ?? 'th';
}

function decimalText(value: number, { decimal, isOrdinal }: IntegerPicture): string {
  const ascii = String(value < 1e21 ? value : BigInt(value)).padStart(decimal.mandatory, '0');
  const digits =
    decimal.zero === 48
      ? ascii
      : ascii.replace(/\d/g, (digit) => String.fromCharCode(decimal.zero + Number(digit)));
  const text = grouped(digits, decimal.separators);
  return isOrdinal ? text + suffixOf(text) : text;
}

export function formatInteger(run: Run, value: number, picture: IntegerPicture): string {
  if (!Number.isFinite(value)) throw new Failure('D1001', { value });
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  switch (picture.kind) {
    case 'letters':
      return sign + inCase(toLetters(size), picture.case);
    case 'roman':
      run.allocate(size / 500);
      return sign + inCase(toRoman(size), picture.case);
    case 'words':
      return sign + inCase(toWords(size, picture.isOrdinal), picture.case);
    case 'decimal':
      run.allocate(2 * picture.decimal.mandatory);
      return sign + decimalText(size, picture);
    case 'sequence':
      throw new Failure('D3130', { value: picture.text });
  }
}

function parseDecimal(text: string, { decimal, isOrdinal }: IntegerPicture): number | undefined {
  let digits = isOrdinal ? text.slice(0, -2) : text;
  const marks = new Set(decimal.separators.map((separator) => separator.text));
  for (const mark of marks) digits = digits.replaceAll(mark, '');
  if (decimal.zero !== 48)
    digits = digits.replace(/\p{Nd}/gu, (digit) => String(digit.charCodeAt(0) - decimal.zero));
  const trimmed = digits.trim();
  return /^[-+]?\d+$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** Undefined where the text does not fit. */
export function parseInteger(text: string, picture: IntegerPicture): number | undefined {
  switch (picture.kind) {
    case 'letters':
      return fromLetters(text);
    case 'roman':
      return fromRoman(text);
    case 'words':
      return fromWords(text);
    case 'decimal':
      return parseDecimal(text, picture);
    case 'sequence':
      throw new Failure('D3130', { value: picture.text });
  }
}

/** What a number looks like inside longer text; `width` digits exactly, where that is known. */
export function integerPattern(picture: IntegerPicture, width: number | undefined): string {
  switch (picture.kind) {
    case 'letters':
      return '[a-z]+';
    case 'roman':
      return '[mdclxvi]+';
    case 'words':
      return wordsPattern;
    case 'decimal':
      return `[0-9]${width === undefined ? '+' : `{${width}}`}${picture.isOrdinal ? '(?:th|st|nd|rd)' : ''}`;
    case 'sequence':
      throw new Failure('D3130', { value: picture.text });
  }
}
