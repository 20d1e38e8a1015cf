// Durations as the house writes them: `500ms`, `30s`, `5m`, `1h30m`, `2d`, or seconds.
import { PaletteError } from './errors.ts';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const whole = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d)\s*)+$/;

/** Milliseconds; undefined for what is none. */
export function findDuration(text: string): number | undefined {
  const clean = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(clean)) return Number(clean) * 1000;
  if (!whole.test(clean)) return undefined;
  const parts = [...clean.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}

export function parseDuration(text: string): number {
  const ms = findDuration(text);
  if (ms === undefined)
    throw new PaletteError(
      'bad-duration',
      `"${text}" is no duration: expected 500ms, 30s, 5m, 1h30m or seconds`,
    );
  return ms;
}
