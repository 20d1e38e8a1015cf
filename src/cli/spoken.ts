// Times and spans as a person says them.
import { formatDuration } from '../base/index.ts';

const units = [86_400_000, 3_600_000, 60_000, 1000];

/** Rounded to its largest unit: `3d`, `12m`, `0s`. */
export function roughly(ms: number): string {
  const unit = units.find((size) => Math.abs(ms) >= size) ?? 1000;
  return formatDuration(Math.trunc(ms / unit) * unit);
}

export function ago(at: number, now: number): string {
  return `${roughly(Math.max(0, now - at))} ago`;
}

/** `1 run`, `2 runs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const longestText = 80;

/** A value in one line. */
export function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

/** What a flag holds: JSON when it is, text when it is not. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
