// A lamp of an ESP8266 that speaks as in the Bemfa cloud: on while somebody is in the room in the evening.
import type { Undo } from '../../../src/base/index.ts';
import type { Device, Place } from '../device.ts';
import { hourOf } from '../weather.ts';

export class BemfaLight implements Device {
  readonly topic = 'light002';
  readonly #place: Place;
  #undo: Undo = () => undefined;
  #text = 'off';

  constructor(place: Place) {
    this.#place = place;
    place.resident.watch((event) => {
      if (event.kind !== 'enters') return;
      const hour = hourOf(place.clock.now());
      const isOn = event.room === place.room.name && (hour > 17.5 || hour < 7);
      this.#show(isOn ? `on#${Math.round(place.chance.between(40, 90))}#16753920` : 'off');
    });
  }

  start(): void {
    this.#place.bus.publish(`${this.topic}/up`, this.#text, false);
    this.#undo = this.#place.bus.subscribe(this.topic, (text) => this.#show(text));
  }

  stop(): void {
    this.#undo();
  }

  #show(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#place.bus.publish(`${this.topic}/up`, text, false);
  }
}
