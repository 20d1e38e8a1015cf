// Local time of a home. Daylight saving changes at quarter hours only, so that one look-up serves fifteen minutes.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView } from '../contract.ts';

const quarterHour = 15 * 60_000;
const day = 86_400_000;

export class LocalTime {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  /** What is added to UTC in the quarter hour that was asked for last. */
  #offset = 0;
  #quarter = Number.NaN;
  #second = Number.NaN;
  #time = '';
  #day = Number.NaN;
  #date = '';
  #startedDay = Number.NaN;
  #start = 0;

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** "HH:MM:SS". */
  time(at: Timestamp): string {
    const second = Math.floor(this.local(at) / 1000);
    if (second !== this.#second) {
      this.#time = new Date(second * 1000).toISOString().slice(11, 19);
      this.#second = second;
    }
    return this.#time;
  }

  /** "YYYY-MM-DD". */
  date(at: Timestamp): string {
    const days = Math.floor(this.local(at) / day);
    if (days !== this.#day) {
      this.#date = new Date(days * day).toISOString().slice(0, 10);
      this.#day = days;
    }
    return this.#date;
  }

  /** Monday is 1, Sunday is 7; the first of January 1970 was a Thursday. */
  weekday(at: Timestamp): number {
    const days = Math.floor(this.local(at) / day);
    return ((((days + 3) % 7) + 7) % 7) + 1;
  }

  /** The first instant of the local day that holds `at`; not midnight where clocks are set forward at midnight. */
  startOfDay(at: Timestamp): Timestamp {
    const days = Math.floor(this.local(at) / day);
    if (days !== this.#startedDay) {
      this.#start = this.#firstOf(days, at);
      this.#startedDay = days;
    }
    return this.#start;
  }

  /**
   * When clocks show `local`, given as `local()` gives it. Of a time that comes twice it is the first; for one that is
   * skipped it is the instant at which clocks are set forward.
   */
  instant(local: number): Timestamp {
    const before = local - this.#offsetNear(local - day);
    if (this.local(before) === local) return before;
    const after = local - this.#offsetNear(local + day);
    return this.local(after) === local ? after : this.#changeAfter(after);
  }

  /** The offset at an instant that is known to a few hours only. */
  #offsetNear(about: number): number {
    return this.local(about) - about;
  }

  /** The first instant behind `from` with another offset. */
  #changeAfter(from: Timestamp): Timestamp {
    const offset = this.local(from) - from;
    let at = (Math.floor(from / quarterHour) + 1) * quarterHour;
    while (this.local(at) - at === offset) at += quarterHour;
    return at;
  }

  #firstOf(days: number, at: Timestamp): Timestamp {
    const about = days * day - (this.local(at) - at);
    let start = Math.floor(about / quarterHour - 12) * quarterHour;
    while (Math.floor((start + this.#offsetAt(start)) / day) < days) start += quarterHour;
    return start;
  }

  /** The instant whose UTC reading is the local reading of `at`. */
  local(at: Timestamp): number {
    const quarter = Math.floor(at / quarterHour);
    if (quarter !== this.#quarter) {
      this.#offset = this.#offsetAt(quarter * quarterHour);
      this.#quarter = quarter;
    }
    return at + this.#offset;
  }

  #offsetAt(at: Timestamp): number {
    const fields = new Map(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const read = (type: Intl.DateTimeFormatPartTypes): number => fields.get(type) ?? 0;
    const local = Date.UTC(
      read('year'),
      read('month') - 1,
      read('day'),
      read('hour'),
      read('minute'),
      read('second'),
    );
    return local - at;
  }
}

// A memo of pure look-ups, not state: without it every answer is the same, only slower.
const known = new WeakMap<HomeView, LocalTime>();

/** One per home, as making one costs about as much as a thousand evaluations. */
export function localTimeOf(home: HomeView): LocalTime {
  const found = known.get(home);
  if (found !== undefined && found.zone === home.zone) return found;
  const made = new LocalTime(home.zone);
  known.set(home, made);
  return made;
}
