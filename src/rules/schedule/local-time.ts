// Local time of day in a zone. croner knows daylight saving as rules.md wants it: a skipped time fires at the next
// existing instant, a doubled one once, the first time (test/rules/schedule.test.ts).
import { Cron } from 'croner';
import type { Timestamp } from '../../base/index.ts';

/** The first time after `after` that a croner pattern names. */
export function nextOf(cron: Cron, after: Timestamp): Timestamp | undefined {
  return cron.nextRun(new Date(after))?.getTime();
}

/** A schedule that is only asked, never run by itself. */
export function schedule(pattern: string, zone: string): Cron {
  return new Cron(pattern, { timezone: zone, paused: true });
}

const hourMs = 3_600_000;

/** The beginning of the local day that holds `at`. A local day lasts 23 to 25 hours. */
export function startOfDay(midnights: Cron, at: Timestamp): Timestamp {
  const next = nextOf(midnights, at) ?? at;
  let start = nextOf(midnights, next - 26 * hourMs) ?? at;
  if (start >= next) start = next - 24 * hourMs;
  return start;
}
