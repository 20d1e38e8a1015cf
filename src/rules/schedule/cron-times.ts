// A cron pattern on the clocks of a zone. croner is asked about a clock that is never set; what a change of the clocks
// means is decided here: a skipped time counts at the change, a doubled one the first time. Where the hour is `*` the
// pattern is a period: it goes on through the change, so that every quarter of an hour stays one.
import { Cron } from 'croner';
import type { Timestamp } from '../../base/index.ts';
import { type Calendar, dayMs, LocalDays } from './local-days.ts';

/** Times on days that do not count are passed over a day at a time. */
const mostDays = 2000;

/** croner's words for the hour `*`. */
function isPeriod(pattern: string): boolean {
  const text = pattern.trim().toLowerCase();
  return text === '@hourly' || text.split(/\s+/).at(-4) === '*';
}

export class CronTimes {
  readonly #local: LocalDays;
  readonly #cron: Cron;
  readonly #isPeriod: boolean;

  /** Throws croner's error for what is no pattern. */
  constructor(pattern: string, zone: string) {
    this.#local = new LocalDays(zone);
    this.#isPeriod = isPeriod(pattern);
    const timezone = this.#isPeriod ? zone : 'UTC';
    this.#cron = new Cron(pattern, { timezone, paused: true, mode: '5-or-6-parts' });
  }

  next(after: Timestamp, calendar: Calendar): Timestamp | undefined {
    return this.#isPeriod ? this.#nextOfPeriod(after, calendar) : this.#nextNamed(after, calendar);
  }

  #nextOfPeriod(after: Timestamp, calendar: Calendar): Timestamp | undefined {
    let from = after;
    for (let count = 0; count < mostDays; count++) {
      const time = this.#cron.nextRun(new Date(from))?.getTime();
      if (time === undefined) return undefined;
      const day = this.#local.of(time);
      if (this.#local.has(day, calendar)) return time;
      from = this.#local.time.instant(day + dayMs) - 1;
    }
    return undefined;
  }

  /** Several local times may be the same instant, where clocks are set forward. */
  #nextNamed(after: Timestamp, calendar: Calendar): Timestamp | undefined {
    const { time } = this.#local;
    let from = time.local(after);
    for (let left = mostDays; left > 0; ) {
      const local = this.#cron.nextRun(new Date(from))?.getTime();
      if (local === undefined) return undefined;
      const day = Math.floor(local / dayMs) * dayMs;
      if (!this.#local.has(day, calendar)) {
        from = day + dayMs - 1;
        left--;
        continue;
      }
      const at = time.instant(local);
      if (at > after) return at;
      from = local;
    }
    return undefined;
  }
}
