// Two sensors behind a Zigbee bridge that announces nothing: JSON under the bridge's topic, availability beside it.
import type { Undo } from '../../../src/base/index.ts';
import { again, Battery, type Device, type Place } from '../device.ts';
import { daylight } from '../weather.ts';

const checkInMs = 3_000_000;

export class ZigbeeSensors implements Device {
  readonly topic = 'zigbee2mqtt';
  readonly #place: Place;
  readonly #battery: Battery;
  #undos: Undo[] = [];
  #isOccupied = false;

  constructor(place: Place) {
    this.#place = place;
    this.#battery = new Battery(place.clock, place.chance);
    place.resident.watch((event) => {
      if (event.kind === 'enters') this.#see(event.room === place.room.name);
    });
  }

  start(): void {
    const { clock } = this.#place;
    this.#say('bridge/state', '{"state":"online"}');
    for (const name of ['bath motion', 'bath window'])
      this.#say(`${name}/availability`, '{"state":"online"}');
    this.#window();
    this.#motion();
    this.#undos = [
      again(
        clock,
        () => checkInMs,
        () => this.#window(),
      ),
    ];
  }

  stop(): void {
    for (const undo of this.#undos) undo();
  }

  #see(isOccupied: boolean): void {
    if (isOccupied === this.#isOccupied) return;
    this.#isOccupied = isOccupied;
    this.#motion();
  }

  #motion(): void {
    const lux = Math.round(daylight(this.#place.clock.now()) / 100);
    const state = { occupancy: this.#isOccupied, illuminance: lux, ...this.#common() };
    this.#say('bath motion', JSON.stringify(state));
  }

  #window(): void {
    this.#say('bath window', JSON.stringify({ contact: true, voltage: 3005, ...this.#common() }));
  }

  #common(): object {
    const linkquality = Math.round(this.#place.chance.between(60, 180));
    return { battery: this.#battery.percent, linkquality };
  }

  #say(name: string, payload: string): void {
    this.#place.bus.publish(`${this.topic}/${name}`, payload, true);
  }
}
