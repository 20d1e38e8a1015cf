// A fan: takes ON and OFF on `…/set` and reports the same; cools its room.
import type { Undo } from '../../../src/base/index.ts';
import { type Device, type Place, readSwitch } from '../device.ts';

export class Fan implements Device {
  readonly topic: string;
  readonly #place: Place;
  #undoListen: Undo = () => undefined;
  #undoReport: Undo = () => undefined;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/fan`;
    this.#place = place;
  }

  start(): void {
    this.#undoListen = this.#place.bus.subscribe(`${this.topic}/set`, (payload) => this.#obey(payload));
    this.#report();
  }

  stop(): void {
    this.#undoListen();
    this.#undoReport();
  }

  #obey(payload: string): void {
    const { room, clock, chance } = this.#place;
    room.isFanOn = readSwitch(payload) ?? room.isFanOn;
    this.#undoReport();
    this.#undoReport = clock.after(chance.between(80, 400), () => this.#report());
  }

  #report(): void {
    this.#place.bus.publish(this.topic, this.#place.room.isFanOn ? 'ON' : 'OFF', true);
  }
}
