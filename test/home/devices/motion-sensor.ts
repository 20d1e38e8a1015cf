// A PIR: speaks when somebody comes, and again when nobody moved for a while.
import type { Undo } from '../../../src/base/index.ts';
import { Battery, type Device, type Place } from '../device.ts';

const holdMs = 60_000;

export class MotionSensor implements Device {
  readonly topic: string;
  readonly #place: Place;
  readonly #battery: Battery;
  #undo: Undo = () => undefined;
  #isOccupied = false;
  #isRunning = false;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/motion`;
    this.#place = place;
    this.#battery = new Battery(place.clock, place.chance);
    place.resident.watch((event) => {
      if (this.#isRunning && event.kind === 'enters' && event.room === place.room.name) this.#sees();
    });
  }

  start(): void {
    this.#isRunning = true;
    this.#report();
  }

  stop(): void {
    this.#isRunning = false;
    this.#undo();
  }

  #sees(): void {
    this.#undo();
    if (!this.#isOccupied) {
      this.#isOccupied = true;
      this.#report();
    }
    this.#undo = this.#place.clock.after(holdMs, () => {
      this.#isOccupied = false;
      this.#report();
    });
  }

  #report(): void {
    const payload = { occupancy: this.#isOccupied, battery: this.#battery.percent };
    this.#place.bus.publish(this.topic, JSON.stringify(payload), true);
  }
}
