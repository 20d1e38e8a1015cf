// The front door: open while somebody passes.
import type { Undo } from '../../../src/base/index.ts';
import { Battery, type Device, type Place } from '../device.ts';

export class DoorContact implements Device {
  readonly topic: string;
  readonly #place: Place;
  readonly #battery: Battery;
  #undo: Undo = () => undefined;
  #isRunning = false;
  #isOpen = false;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/door`;
    this.#place = place;
    this.#battery = new Battery(place.clock, place.chance);
    place.resident.watch((event) => {
      if (this.#isRunning && event.kind === 'uses-door') this.#open();
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

  #open(): void {
    const { clock, chance } = this.#place;
    this.#undo();
    this.#isOpen = true;
    this.#report();
    this.#undo = clock.after(chance.between(3, 20) * 1000, () => {
      this.#isOpen = false;
      this.#report();
    });
  }

  #report(): void {
    // As contacts report it: true is closed.
    const payload = { contact: !this.#isOpen, battery: this.#battery.percent };
    this.#place.bus.publish(this.topic, JSON.stringify(payload), true);
  }
}
