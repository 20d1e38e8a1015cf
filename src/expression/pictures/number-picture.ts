// Pictures of numbers (`#,##0.00`, `0.0e0`, `00%;(00%)`), after format-number of XPath 3.1.
import { Failure, type FailureCode } from '../errors.ts';
import type { Run } from '../run.ts';
import { grouped, type Separator } from './grouping.ts';
import { roundHalfEven } from './rounding.ts';

const usual = {
  'decimal-separator': '.',
  'grouping-separator': ',',
  'exponent-separator': 'e',
  infinity: 'Infinity',
  NaN: 'NaN',
  'minus-sign': '-',
  percent: '%',
  'per-mille': '‰',
  'zero-digit': '0',
  digit: '#',
  'pattern-separator': ';',
};

type Symbols = typeof usual;

function symbolsOf(options: Readonly<Record<string, unknown>>): Symbols {
  const given = Object.entries(options).filter(
    ([key, value]) => Object.hasOwn(usual, key) && typeof value === 'string',
  );
  return { ...usual, ...Object.fromEntries(given) };
}

/** One of the two halves of a picture, cut up. */
interface Parts {
  readonly picture: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly active: string;
  readonly mantissa: string;
  readonly exponent: string | undefined;
  readonly integer: string;
  readonly fraction: string;
}

function occursTwice(text: string, part: string): boolean {
  return text.indexOf(part) !== text.lastIndexOf(part);
}

/** What the characters of a picture mean. */
class Alphabet {
  readonly symbols: Symbols;
  readonly zero: number;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
    this.zero = symbols['zero-digit'].charCodeAt(0);
  }

  isDigit(char: string): boolean {
    const code = char.charCodeAt(0);
    return code >= this.zero && code < this.zero + 10;
  }

  isPlace(char: string): boolean {
    return this.isDigit(char) || char === this.symbols.digit;
  }

  /** Stands for a part of the number, not for itself. */
  isActive(char: string): boolean {
    const { symbols } = this;
    const marks: readonly string[] = [
      symbols['decimal-separator'],
      symbols['exponent-separator'],
      symbols['grouping-separator'],
      symbols['pattern-separator'],
    ];
    return this.isPlace(char) || marks.includes(char);
  }

  digitsIn(text: string): number {
    return [...text].filter((char) => this.isDigit(char)).length;
  }

  placesIn(text: string): number {
    return [...text].filter((char) => this.isPlace(char)).length;
  }

  split(picture: string): Parts {
    const marker = this.symbols['exponent-separator'];
    const chars = picture.split('');
    const isCore = (char: string): boolean => char !== marker && this.isActive(char);
    const from = Math.max(0, chars.findIndex(isCore));
    const last = chars.findLastIndex(isCore);
    const to = last < 0 ? picture.length : last + 1;
    const active = picture.slice(from, to);
    const at = picture.indexOf(marker, from);
    const hasExponent = at >= 0 && at <= to;
    const mantissa = hasExponent ? picture.slice(from, at) : active;
    const point = mantissa.indexOf(this.symbols['decimal-separator']);
    return {
      picture,
      prefix: picture.slice(0, from),
      suffix: picture.slice(to),
      active,
      mantissa,
      exponent: hasExponent ? picture.slice(at + 1, to) : undefined,
      integer: point < 0 ? mantissa : mantissa.slice(0, point),
      fraction: point < 0 ? '' : mantissa.slice(point + 1),
    };
  }

  /** The last rule that is broken is the one that is reported, as in the jsonata package. */
  check(parts: Parts): void {
    const { picture, active, mantissa, exponent, integer, fraction } = parts;
    const { percent, digit, ...symbols } = this.symbols;
    const [point, group] = [symbols['decimal-separator'], symbols['grouping-separator']];
    const at = picture.indexOf(point);
    const [hasPercent, hasMille] = [picture.includes(percent), picture.includes(symbols['per-mille'])];
    const firstOptional = integer.indexOf(digit);
    const lastOptional = fraction.lastIndexOf(digit);
    const broken: readonly (readonly [FailureCode, boolean])[] = [
      ['D3081', occursTwice(picture, point)],
      ['D3082', occursTwice(picture, percent)],
      ['D3083', occursTwice(picture, symbols['per-mille'])],
      ['D3084', hasPercent && hasMille],
      ['D3085', this.placesIn(mantissa) === 0],
      ['D3086', active.split('').some((char) => !this.isActive(char))],
      ['D3087', at >= 0 && (picture[at - 1] === group || picture[at + 1] === group)],
      ['D3088', at < 0 && integer.endsWith(group)],
      ['D3089', picture.includes(group + group)],
      ['D3090', firstOptional >= 0 && this.digitsIn(integer.slice(0, firstOptional)) > 0],
      ['D3091', lastOptional >= 0 && this.digitsIn(fraction.slice(lastOptional)) > 0],
      ['D3092', exponent !== undefined && exponent !== '' && (hasPercent || hasMille)],
      ['D3093', exponent !== undefined && (exponent === '' || this.digitsIn(exponent) < exponent.length)],
    ];
    const code = broken.findLast(([, isBroken]) => isBroken)?.[0];
    if (code !== undefined) throw new Failure(code, { value: picture });
  }

  /** ASCII digits in those of the picture. */
  own(digits: string): string {
    return digits.replace(/\d/g, (digit) => String.fromCharCode(this.zero + Number(digit)));
  }
}

interface Sizes {
  readonly integer: number;
  readonly least: number;
  readonly most: number;
}

function sizesOf(alphabet: Alphabet, { integer, fraction, exponent }: Parts): Sizes {
  const [whole, least, most] = [
    alphabet.digitsIn(integer),
    alphabet.digitsIn(fraction),
    alphabet.placesIn(fraction),
  ];
  if (exponent === undefined)
    return {
      integer: whole === 0 && most === 0 ? 1 : whole,
      least: whole === 0 && most > 0 ? Math.max(1, least) : least,
      most,
    };
  const isBare = whole === 0 && most === 0;
  const first = whole === 0 && integer.includes(alphabet.symbols.digit) ? 1 : whole;
  const atLeast = isBare ? 1 : least;
  return { integer: first, least: first === 0 && atLeast === 0 ? 1 : atLeast, most: isBare ? 1 : most };
}

/** The mantissa between the powers of ten that the picture has digits for, and what is left as the exponent. */
function scaled(value: number, digits: number): { readonly mantissa: number; readonly exponent: number } {
  let [mantissa, exponent] = [value, 0];
  if (value === 0) return { mantissa, exponent };
  for (; Math.abs(mantissa) < 10 ** (digits - 1); exponent--) mantissa *= 10;
  for (; Math.abs(mantissa) > 10 ** digits; exponent++) mantissa /= 10;
  return { mantissa, exponent };
}

/** Positions from the right of what stands before the decimal separator. */
function separatorsIn(alphabet: Alphabet, integer: string): Separator[] {
  const text = alphabet.symbols['grouping-separator'];
  return integer
    .split('')
    .flatMap((char, at) => (char === text ? [{ position: alphabet.placesIn(integer.slice(at)), text }] : []));
}

/** After the decimal separator positions count from the left, and only what is shown is separated. */
function groupedFraction(alphabet: Alphabet, digits: string, fraction: string): string {
  const text = alphabet.symbols['grouping-separator'];
  const marks = fraction.split('').flatMap((char, at) => (char === text ? [at] : []));
  const positions = marks.map((at) => alphabet.placesIn(fraction.slice(0, at)));
  let result = '';
  for (let at = 0; at < digits.length; at++) result += (positions.includes(at) ? text : '') + digits[at];
  return result;
}

function fixed(value: number, places: number): string {
  return value < 1e21 ? value.toFixed(places) : `${BigInt(value)}`;
}

function mantissaText(alphabet: Alphabet, parts: Parts, value: number): string {
  const { integer, least, most } = sizesOf(alphabet, parts);
  const [whole = '', rest = ''] = fixed(Math.abs(roundHalfEven(value, most)), most).split('.');
  const before = alphabet.own(whole.replace(/^0+/, '').padStart(integer, '0'));
  const after = alphabet.own(rest.replace(/0+$/, '').padEnd(least, '0'));
  const text = grouped(before, separatorsIn(alphabet, parts.integer));
  if (after === '') return text;
  return text + alphabet.symbols['decimal-separator'] + groupedFraction(alphabet, after, parts.fraction);
}

function numberText(alphabet: Alphabet, parts: Parts, value: number): string {
  const { symbols } = alphabet;
  const isMille = parts.picture.includes(symbols['per-mille']);
  const factor = parts.picture.includes(symbols.percent) ? 100 : isMille ? 1000 : 1;
  const adjusted = value * factor;
  if (Number.isNaN(adjusted)) return symbols.NaN;
  if (!Number.isFinite(adjusted)) return symbols.infinity;
  if (parts.exponent === undefined) return mantissaText(alphabet, parts, adjusted);
  const { mantissa, exponent } = scaled(adjusted, alphabet.digitsIn(parts.integer));
  const digits = alphabet.own(String(Math.abs(exponent)).padStart(parts.exponent.length, '0'));
  const sign = exponent < 0 ? symbols['minus-sign'] : '';
  return mantissaText(alphabet, parts, mantissa) + symbols['exponent-separator'] + sign + digits;
}

/** As many decimal places as numbers can be written with. */
const mostPlaces = 100;

export interface NumberPicture {
  readonly picture: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export function formatNumber(run: Run, value: number, { picture, options }: NumberPicture): string {
  run.charge(1 + (picture.length >> 1));
  run.allocate(4 * picture.length);
  const symbols = symbolsOf(options);
  const alphabet = new Alphabet(symbols);
  const pictures = picture.split(symbols['pattern-separator']);
  if (pictures.length > 2) throw new Failure('D3080', { value: picture });
  const halves = pictures.map((half) => alphabet.split(half));
  for (const half of halves) {
    alphabet.check(half);
    if (alphabet.placesIn(half.fraction) > mostPlaces)
      throw new Failure('T0410', { value: picture, index: 2 });
  }
  const [positive, negative] = halves;
  if (positive === undefined) throw new Failure('D3085', { value: picture });
  const parts = value < 0 && negative ? negative : positive;
  const sign = value < 0 && negative === undefined ? symbols['minus-sign'] : '';
  return sign + parts.prefix + numberText(alphabet, parts, value) + parts.suffix;
}
