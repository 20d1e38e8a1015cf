// What hangs on the plugs: a washing machine with its programme, and a television.
import type { Chance } from '../random.ts';
import { hourOf } from '../weather.ts';
import type { Appliance } from './plug.ts';

const minute = 60_000;

/** Minutes and watts of one wash: fill, heat, tumble, rinse, spin, rest. */
const programme: readonly [minutes: number, watts: number][] = [
  [3, 25],
  [18, 2050],
  [25, 190],
  [12, 120],
  [8, 420],
  [4, 5],
];
const programmeMs = programme.reduce((sum, [minutes]) => sum + minutes, 0) * minute;

/** Washes once in a while by day; nothing in between but its standby. */
export class Washer implements Appliance {
  readonly #chance: Chance;
  #startsAt: number | undefined;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  watts(now: number): number {
    this.#startsAt ??= this.#nextStart(now);
    const elapsed = now - this.#startsAt;
    if (elapsed < 0) return 0.6;
    if (elapsed >= programmeMs) {
      this.#startsAt = undefined;
      return 0.6;
    }
    return Math.max(0.6, this.#phase(elapsed) * (1 + this.#chance.noise(0.03)));
  }

  #nextStart(now: number): number {
    const start = now + this.#chance.between(20, 180) * minute;
    const hour = hourOf(start);
    return hour > 8 && hour < 20 ? start : start + 12 * 60 * minute;
  }

  #phase(elapsed: number): number {
    let left = elapsed / minute;
    for (const [minutes, watts] of programme) {
      if (left < minutes) return watts;
      left -= minutes;
    }
    return 0;
  }
}

/** On in the evening. */
export class Television implements Appliance {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  watts(now: number): number {
    const hour = hourOf(now);
    return hour > 18.5 && hour < 22.5 ? 95 + this.#chance.noise(6) : 0.5;
  }
}
