// A lamp: takes `{"state":"ON","brightness":60}` or ON/OFF on `…/set` and reports a moment later.
import type { Undo } from '../../../src/base/index.ts';
import { type Device, type Place, readObject, readSwitch } from '../device.ts';

const fullLux = 180;

export class DimmableLight implements Device {
  readonly topic: string;
  readonly #place: Place;
  #undoListen: Undo = () => undefined;
  #undoReport: Undo = () => undefined;
  #isOn = false;
  #brightness = 100;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/light`;
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
    const { clock, chance, room } = this.#place;
    const brightness = readObject(payload)?.['brightness'];
    if (typeof brightness === 'number') this.#brightness = Math.min(100, Math.max(1, Math.round(brightness)));
    this.#isOn = readSwitch(payload) ?? (typeof brightness === 'number' ? true : this.#isOn);
    room.lamps = this.#isOn ? (fullLux * this.#brightness) / 100 : 0;
    this.#undoReport();
    this.#undoReport = clock.after(chance.between(50, 250), () => this.#report());
  }

  #report(): void {
    const payload = { state: this.#isOn ? 'ON' : 'OFF', brightness: this.#brightness };
    this.#place.bus.publish(this.topic, JSON.stringify(payload), true);
  }
}
