// Reads one number, text or word of a JSON payload out of its bytes, as `JSON.parse` would, without a text of the rest.
import { longestWord, type SampleValue } from './tail.ts';

const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const quote = 0x22;
const backslash = 0x5c;

/** Up to so many digits are exact, and so is their quotient by a power of ten. */
const exactDigits = 15;
const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, n) => 10 ** n);

const words: readonly { readonly bytes: Uint8Array; readonly value: SampleValue }[] = [
  { bytes: Buffer.from('true'), value: true },
  { bytes: Buffer.from('false'), value: false },
  { bytes: Buffer.from('null'), value: undefined },
];

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= zero && byte <= 0x39;
}

function isExponent(byte: number | undefined): boolean {
  return byte === 0x65 || byte === 0x45;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** Whether `part` stands in `bytes` at an offset. */
export function standsAt(bytes: Uint8Array, part: Uint8Array, offset: number): boolean {
  for (let at = 0; at < part.length; at++) if (bytes[offset + at] !== part[at]) return false;
  return true;
}

export class ScalarReader {
  /** What was read last, as a history has it. */
  value: SampleValue;
  /** The last text, which mostly comes again. */
  #text = '';

  // hot: for every value of the journal, in the worker; test/bench/engine.ts
  /** Where the scalar at an offset ends; -1 where there is none, or one that is not read here. */
  read(bytes: Uint8Array, at: number): number {
    const first = bytes[at];
    if (first === minus || isDigit(first)) return this.#number(bytes, at);
    if (first === quote) return this.#string(bytes, at + 1);
    for (const word of words) {
      if (!standsAt(bytes, word.bytes, at)) continue;
      this.value = word.value;
      return at + word.bytes.length;
    }
    return -1;
  }

  #number(bytes: Uint8Array, start: number): number {
    const whole = bytes[start] === minus ? start + 1 : start;
    let at = whole;
    let digits = 0;
    for (let byte = bytes[at]; isDigit(byte); byte = bytes[++at]) digits = digits * 10 + byte - zero;
    const wholeDigits = at - whole;
    if (wholeDigits === 0 || (wholeDigits > 1 && bytes[whole] === zero)) return -1;
    let decimals = 0;
    if (bytes[at] === dot) {
      const from = ++at;
      for (let byte = bytes[at]; isDigit(byte); byte = bytes[++at]) digits = digits * 10 + byte - zero;
      decimals = at - from;
      if (decimals === 0) return -1;
    }
    if (isExponent(bytes[at])) return -1;
    const isExact = wholeDigits + decimals <= exactDigits;
    const size = isExact ? digits / (powersOfTen[decimals] ?? 1) : Math.abs(Number(textOf(bytes, start, at)));
    this.value = size === 0 || whole === start ? size : -size;
    return Number.isFinite(size) ? at : -1;
  }

  /** A plain one: escapes and what is no ASCII are left to `JSON.parse`. */
  #string(bytes: Uint8Array, start: number): number {
    let at = start;
    for (let byte = bytes[at]; byte !== quote; byte = bytes[++at])
      if (byte === undefined || byte < 0x20 || byte >= 0x80 || byte === backslash) return -1;
    this.value = at === start || at - start > longestWord ? undefined : this.#wordOf(bytes, start, at);
    return at + 1;
  }

  #wordOf(bytes: Uint8Array, from: number, to: number): string {
    const known = this.#text;
    let at = from;
    while (at < to && known.charCodeAt(at - from) === bytes[at]) at++;
    if (at < to || known.length !== to - from) this.#text = textOf(bytes, from, to);
    return this.#text;
  }
}
