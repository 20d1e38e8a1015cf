// A switchable plug that measures what hangs on it.
import type { Undo } from '../../../src/base/index.ts';
import { again, type Device, type Place, readSwitch, rounded } from '../device.ts';

/** Watts drawn now, given power; called about every ten seconds. */
export interface Appliance {
  watts(now: number): number;
}

const measureMs = 10_000;

export class Plug implements Device {
  readonly topic: string;
  readonly #place: Place;
  readonly #appliance: Appliance;
  #undos: Undo[] = [];
  #isOn = true;
  #kilowattHours = 0;
  #lastWatts = 0;

  constructor(place: Place, name: string, appliance: Appliance) {
    this.topic = `home/${place.room.name}/${name}`;
    this.#place = place;
    this.#appliance = appliance;
  }

  start(): void {
    const { bus, clock } = this.#place;
    this.#undos = [
      bus.subscribe(`${this.topic}/set`, (payload) => this.#obey(payload)),
      again(
        clock,
        () => measureMs,
        () => this.#measure(),
      ),
    ];
    this.#report();
  }

  stop(): void {
    for (const undo of this.#undos) undo();
  }

  #obey(payload: string): void {
    this.#isOn = readSwitch(payload) ?? this.#isOn;
    this.#measure();
    this.#report();
  }

  /** Speaks when the draw changed by a twentieth. */
  #measure(): void {
    const { clock, room } = this.#place;
    const watts = this.#isOn ? this.#appliance.watts(clock.now()) : 0;
    this.#kilowattHours += (watts * measureMs) / 3_600_000_000;
    room.watts += watts - this.#lastWatts;
    const isNews = Math.abs(watts - this.#lastWatts) > Math.max(1, this.#lastWatts * 0.05);
    this.#lastWatts = watts;
    if (isNews) this.#report();
  }

  #report(): void {
    const payload = {
      state: this.#isOn ? 'ON' : 'OFF',
      power: rounded(this.#lastWatts, 1),
      energy: rounded(this.#kilowattHours, 3),
    };
    this.#place.bus.publish(this.topic, JSON.stringify(payload), true);
  }
}
