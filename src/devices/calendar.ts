// Work days and holidays of the home. Weekends are free unless the list of make-up days says otherwise.
import { type DayRange, isInDayRange, parseDayRange } from '../base/index.ts';
import type { HomeCalendar } from '../expression/index.ts';

/** As configured: each entry is what `parseDayRange` reads. */
export interface CalendarDays {
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

function rangesOf(entries: readonly string[]): DayRange[] {
  return entries.map(parseDayRange).filter((range) => range !== undefined);
}

function isWeekend(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

export class Calendar implements HomeCalendar {
  readonly #holidays: readonly DayRange[];
  readonly #workdays: readonly DayRange[];

  constructor({ holidays, workdays }: CalendarDays) {
    this.#holidays = rangesOf(holidays);
    this.#workdays = rangesOf(workdays);
  }

  isHoliday(date: string): boolean {
    return this.#holidays.some((range) => isInDayRange(range, date)) && !this.#isMakeUp(date);
  }

  isWorkday(date: string): boolean {
    return this.#isMakeUp(date) || !(isWeekend(date) || this.isHoliday(date));
  }

  #isMakeUp(date: string): boolean {
    return this.#workdays.some((range) => isInDayRange(range, date));
  }
}
