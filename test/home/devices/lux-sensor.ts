// Light level as a bare number: follows the sun and the lamps; speaks when it changed by a tenth, and every five minutes.
import type { Undo } from '../../../src/base/index.ts';
import { again, type Device, type Place } from '../device.ts';

const lookMs = 5000;
const speakMs = 300_000;

export class LuxSensor implements Device {
  readonly topic: string;
  readonly #place: Place;
  #undo: Undo = () => undefined;
  #last = Number.NaN;
  #lastAt = 0;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/lux`;
    this.#place = place;
  }

  start(): void {
    this.#look();
    this.#undo = again(
      this.#place.clock,
      () => lookMs,
      () => this.#look(),
    );
  }

  stop(): void {
    this.#undo();
  }

  #look(): void {
    const { room, clock, chance, bus } = this.#place;
    const now = clock.now();
    const lux = Math.max(0, Math.round(room.lux(now) * (1 + chance.noise(0.01))));
    const isNews = !(Math.abs(lux - this.#last) <= Math.max(2, this.#last * 0.1));
    if (!isNews && now - this.#lastAt < speakMs) return;
    this.#last = lux;
    this.#lastAt = now;
    bus.publish(this.topic, String(lux), true);
  }
}
