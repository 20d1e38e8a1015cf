// A phone that tells whether its owner is at home.
import type { Device, Place } from '../device.ts';

export class Phone implements Device {
  readonly topic = 'presence/phone';
  readonly #place: Place;
  #isHome = true;

  constructor(place: Place) {
    this.#place = place;
    place.resident.watch((event) => {
      if (event.kind === 'uses-door') this.#isHome = !this.#isHome;
      if (event.kind === 'uses-door') this.#say();
    });
  }

  start(): void {
    this.#say();
  }

  stop(): void {
    this.#isHome = false;
  }

  #say(): void {
    const battery = Math.round(this.#place.chance.between(30, 100));
    this.#place.bus.publish(this.topic, JSON.stringify({ presence: this.#isHome, battery }), true);
  }
}
