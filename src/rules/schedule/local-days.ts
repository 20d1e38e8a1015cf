// Local days, one after another. A day is written as the instant of its beginning if the zone were UTC, as is every local
// time in this folder: LocalTime turns one into the other.
import type { Timestamp } from '../../base/index.ts';
import { type HomeCalendar, LocalTime } from '../../expression/index.ts';
import type { Days } from './days.ts';

export const dayMs = 86_400_000;
/** Free days in a row, and days without an event of the sun, are fewer. */
const mostDays = 400;

export function dateOf(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

export interface Calendar {
  readonly days: Days;
  readonly calendar: HomeCalendar;
}

export class LocalDays {
  readonly time: LocalTime;

  constructor(zone: string) {
    this.time = new LocalTime(zone);
  }

  /** The local day that holds an instant. */
  of(at: Timestamp): number {
    return Math.floor(this.time.local(at) / dayMs) * dayMs;
  }

  /** Whether the local day counts. */
  has(day: number, { days, calendar }: Calendar): boolean {
    return days.has(dateOf(day), calendar);
  }

  /**
   * The first time after `after` that days have, from the one before on: what belongs to a day may lie behind its end.
   * Times of later days must be later.
   */
  first(
    after: Timestamp,
    calendar: Calendar,
    timeOf: (day: number) => Timestamp | undefined,
  ): Timestamp | undefined {
    const from = this.of(after) - dayMs;
    for (let day = from; day < from + mostDays * dayMs; day += dayMs) {
      if (!this.has(day, calendar)) continue;
      const time = timeOf(day);
      if (time !== undefined && time > after) return time;
    }
    return undefined;
  }
}
