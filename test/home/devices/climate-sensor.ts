// Temperature and humidity: about once a minute, sooner when it changed much.
import type { Undo } from '../../../src/base/index.ts';
import { again, Battery, type Device, type Place, rounded } from '../device.ts';

export class ClimateSensor implements Device {
  readonly topic: string;
  readonly #place: Place;
  readonly #battery: Battery;
  #undo: Undo = () => undefined;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/temperature`;
    this.#place = place;
    this.#battery = new Battery(place.clock, place.chance);
  }

  start(): void {
    const { clock, chance } = this.#place;
    this.#report();
    this.#undo = again(
      clock,
      () => chance.between(50, 70) * 1000,
      () => this.#report(),
    );
  }

  stop(): void {
    this.#undo();
  }

  #report(): void {
    const { room, chance, bus } = this.#place;
    const payload = {
      celsius: rounded(room.celsius + chance.noise(0.05), 1),
      humidity: Math.round(room.humidity + chance.noise(0.5)),
      battery: this.#battery.percent,
    };
    bus.publish(this.topic, JSON.stringify(payload), true);
  }
}
