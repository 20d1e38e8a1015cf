// The longer text functions: cutting, trimming, padding. Characters are code points.
import type { Run } from '../run.ts';

type Text = string | undefined;

/** Code points, counted without making an array of them. */
export function lengthOf(run: Run, text: string): number {
  run.charge(1 + (text.length >> 6));
  let count = 0;
  for (let at = 0; at < text.length; at += widthAt(text, at)) count++;
  return count;
}

/** How many code units the character has that begins there. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Where the character of that index begins; the end of the text when there is none. */
function offsetOf(text: string, index: number): number {
  let at = 0;
  for (let passed = 0; passed < index && at < text.length; passed++) at += widthAt(text, at);
  return at;
}

/** The characters from index `from` to before `to`, by code points. */
function slice(text: string, from: number, to: number): string {
  return from >= to ? '' : text.slice(offsetOf(text, from), offsetOf(text, to));
}

/** Indexes as `Array.prototype.slice` reads them: whole, and negative ones from the end. */
function indexIn(length: number, index: number): number {
  const whole = Math.trunc(index) || 0;
  return whole < 0 ? Math.max(0, length + whole) : whole;
}

export function cut(run: Run, text: Text, start: number | undefined, count: number | undefined): Text {
  if (text === undefined) return undefined;
  run.allocate(text.length);
  const length = lengthOf(run, text);
  const from = start === undefined ? undefined : length + start < 0 ? 0 : start;
  if (count === undefined) return slice(text, indexIn(length, from ?? 0), length);
  if (count <= 0) return '';
  if (from === undefined) return '';
  const to = from >= 0 ? from + count : length + from + count;
  return slice(text, indexIn(length, from), indexIn(length, to));
}

export function trim(run: Run, text: Text): Text {
  if (text === undefined) return undefined;
  run.charge(1 + (text.length >> 5));
  run.allocate(text.length);
  const single = text.replace(/[ \t\n\r]+/g, ' ');
  const start = single.startsWith(' ') ? 1 : 0;
  const end = single.length > start && single.endsWith(' ') ? single.length - 1 : single.length;
  return single.slice(start, end);
}

export function pad(run: Run, text: Text, width: number | undefined, filler: Text): Text {
  if (text === undefined) return undefined;
  const size = Math.trunc(width ?? Number.NaN);
  const missing = Math.abs(size) - lengthOf(run, text);
  if (!(missing > 0)) return text;
  const unit = filler === undefined || filler === '' ? ' ' : filler;
  run.allocate(text.length + missing * 2);
  run.allocate(missing * unit.length);
  run.charge(missing >> 6);
  const padding = slice(unit.repeat(Math.ceil(missing)), 0, missing);
  return size > 0 ? text + padding : padding + text;
}
