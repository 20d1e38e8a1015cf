// Instants as people name them who look back: a time of day means the last one.
import { type Clock, parseInstant, type Timestamp } from '../base/index.ts';
import { LocalTime } from '../expression/index.ts';

const timeOfDay = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;
const dayMs = 86_400_000;

/** What an instant is read by. */
export interface LocalClock {
  readonly clock: Clock;
  readonly home: { readonly zone: string };
}

/** In the zone of the house. Throws `bad-time`. */
export function pastInstant(text: string, house: LocalClock): Timestamp {
  const now = house.clock.now();
  const [, hours, minutes, seconds = '0'] = timeOfDay.exec(text.trim()) ?? [];
  if (hours === undefined) return parseInstant(text, now);
  const zone = new LocalTime(house.home.zone);
  const today = Math.floor(zone.local(now) / dayMs) * dayMs;
  const local = today + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const at = zone.instant(local);
  return at > now ? zone.instant(local - dayMs) : at;
}
