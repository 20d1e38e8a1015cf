// Durations as people write them. The one parser for documents, configuration and the command line.
import { HomeruleError } from './errors.ts';

/** Milliseconds. */
export type Duration = number & { readonly brand: 'Duration' };

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const unitsText = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const unitText = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;
const clockText = /^(\d+):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$/;

/** The longest duration that is taken: ten years. */
export const longestDurationMs = 3650 * 86_400_000;

function bad(text: string, words: string, why?: string): HomeruleError {
  return new HomeruleError('bad-duration', 'invalid', `"${text}" is not a duration: ${words}`, {
    params: { text, ...(why !== undefined && { why }) },
    details: { value: text, expected: '500ms, 90s, 2m30s, 1h, 1d, 00:02:30 or a number of seconds' },
  });
}

function fromText(text: string): number {
  const clock = clockText.exec(text);
  if (clock) {
    const [, hours, minutes, seconds, fraction] = clock;
    return (
      Number(hours) * 3_600_000 +
      Number(minutes) * 60_000 +
      Number(seconds) * 1000 +
      Number((fraction ?? '').padEnd(3, '0'))
    );
  }
  if (/^\d+:\d\d$/.test(text))
    throw bad(text, `write ${text}:00 for hours and minutes, or a unit such as 90s`, 'clock');
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!unitsText.test(text))
    throw bad(text, 'expected 500ms, 90s, 2m30s, 1h, 1d, 00:02:30 or a number of seconds');
  let total = 0;
  for (const [, amount, unit] of text.matchAll(unitText)) total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  return total;
}

/**
 * Reads `500ms 90s 2m30s 1h 1d`, `00:02:30`, or a bare number of seconds.
 * Throws `bad-duration`; negative values only with `allowNegative` (used by `offset`).
 */
export function parseDuration(value: string | number, allowNegative = false): Duration {
  const text = String(value).trim();
  const isNegative = text.startsWith('-');
  if (isNegative && !allowNegative) throw bad(text, 'it may not be negative', 'negative');
  const ms = fromText(isNegative || text.startsWith('+') ? text.slice(1) : text);
  if (!Number.isFinite(ms) || ms > longestDurationMs) throw bad(text, 'the longest is 3650d', 'longest');
  return Math.round(isNegative ? -ms : ms) as Duration;
}

/** The shortest text that `parseDuration` reads back as the same value: `2m30s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  let rest = Math.abs(Math.round(ms));
  let text = ms < 0 ? '-' : '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = unitMs[unit] ?? 1;
    const amount = Math.floor(rest / size);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * size;
  }
  return text;
}
