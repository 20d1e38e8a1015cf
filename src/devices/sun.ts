// The sun over the home: where it stands, and when it does what on a local day.
import { getPosition, getTimes, type SunTimes } from 'suncalc';
import type { Timestamp } from '../base/index.ts';
import { LocalTime, type SunView } from '../expression/index.ts';

export interface Place {
  /** Degrees; north is positive. */
  readonly latitude: number;
  /** Degrees; east is positive. */
  readonly longitude: number;
}

const halfDayMs = 12 * 3_600_000;
/** The elevation of the sun's middle when its edge is seen on the horizon: half its width, refraction is in it already. */
const risenAt = -0.349;
const shownTimes = ['sunrise', 'sunset', 'dawn', 'dusk'] as const;

export class Sun {
  readonly #place: Place;
  readonly #time: LocalTime;
  #day = Number.NaN;
  #times: SunTimes | undefined;

  constructor(place: Place, zone: string) {
    this.#place = place;
    this.#time = new LocalTime(zone);
  }

  at(at: Timestamp): SunView {
    const times = this.timesOf(at);
    const elevation = getPosition(new Date(at), this.#place.latitude, this.#place.longitude).altitude;
    const view: { -readonly [Key in keyof SunView]: SunView[Key] } = {
      up: elevation > risenAt,
      elevation,
    };
    for (const name of shownTimes) {
      const time = times[name]?.getTime();
      if (time !== undefined) view[name] = time;
    }
    return view;
  }

  /** Everything the sun does on the local day that holds `at`; null for what it does not do. */
  timesOf(at: Timestamp): SunTimes {
    const day = this.#time.startOfDay(at);
    if (this.#times === undefined || day !== this.#day) {
      const { latitude, longitude } = this.#place;
      this.#times = getTimes(new Date(day + halfDayMs), latitude, longitude);
      this.#day = day;
    }
    return this.#times;
  }
}
