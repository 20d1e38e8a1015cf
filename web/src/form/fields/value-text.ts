// Values in a line of text: JSON where it is JSON, everything else is text, as the engine reads payloads.
import { parsePayload } from '../../base/json.ts';

export function valueToText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return parsePayload(value) === value ? value : JSON.stringify(value);
  return JSON.stringify(value) ?? '';
}

export function textToValue(text: string): unknown {
  return parsePayload(text);
}

/** Durations and the like: a number stays a number, anything else is text. */
export function textToScalar(text: string): string | number {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
