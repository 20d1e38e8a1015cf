// A weather sensor that announces itself as Homie 4 asks, and measures every five minutes.
import type { Undo } from '../../../src/base/index.ts';
import { again, type Device, type Place, rounded } from '../device.ts';
import { outdoors } from '../weather.ts';

const measureMs = 300_000;

export class HomieSensor implements Device {
  readonly topic = 'homie/balcony';
  readonly #place: Place;
  #undo: Undo = () => undefined;

  constructor(place: Place) {
    this.#place = place;
  }

  start(): void {
    const attributes = {
      $homie: '4.0.0',
      $name: 'Balcony',
      $state: 'init',
      $nodes: 'air',
      'air/$name': 'Air',
      'air/$type': 'weather',
      'air/$properties': 'temperature',
      'air/temperature/$name': 'Temperature',
      'air/temperature/$datatype': 'float',
      'air/temperature/$unit': '°C',
    };
    for (const [name, value] of Object.entries(attributes)) this.#say(name, value);
    this.#measure();
    this.#say('$state', 'ready');
    this.#undo = again(
      this.#place.clock,
      () => measureMs,
      () => this.#measure(),
    );
  }

  stop(): void {
    this.#undo();
    this.#say('$state', 'disconnected');
  }

  #measure(): void {
    const { clock, chance } = this.#place;
    this.#say('air/temperature', String(rounded(outdoors(clock.now()) + chance.noise(0.2), 1)));
  }

  #say(name: string, value: string): void {
    this.#place.bus.publish(`${this.topic}/${name}`, value, true);
  }
}
