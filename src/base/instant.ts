// Instants as people write them to ask about the past: `-7d`, `now`, ISO 8601, or epoch milliseconds.
import type { Timestamp } from './clock.ts';
import { parseDuration } from './duration.ts';
import { HomeruleError, messageOf } from './errors.ts';

const digits = /^\d{1,15}$/;
const isoDay = /^\d{4}-\d\d-\d\d(?:T|$)/;

function bad(text: string, why: string): HomeruleError {
  const expected = '-7d, 21:04, now, 2026-05-01, 2026-05-01T18:30:00Z or epoch milliseconds';
  return new HomeruleError('bad-time', 'invalid', `"${text}" is no instant: ${why}`, {
    details: { value: text, expected },
  });
}

function before(text: string, now: Timestamp): Timestamp {
  try {
    return now + parseDuration(text, true);
  } catch (error) {
    throw bad(text, messageOf(error));
  }
}

/** Throws `bad-time`. */
export function parseInstant(text: string, now: Timestamp): Timestamp {
  const given = text.trim();
  if (given === 'now') return now;
  if (digits.test(given)) return Number(given);
  if (given.startsWith('-')) return before(given, now);
  const at = isoDay.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at))
    throw bad(given, 'expected -7d, 21:04, now, 2026-05-01, 2026-05-01T18:30:00Z or epoch milliseconds');
  return at;
}
