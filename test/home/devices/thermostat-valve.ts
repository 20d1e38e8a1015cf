// A radiator valve: opens as far as its room is below the set point; takes `{"setpoint":21}` on `…/set`.
import type { Undo } from '../../../src/base/index.ts';
import { again, Battery, type Device, type Place, readObject, rounded } from '../device.ts';

const controlMs = 60_000;

export class ThermostatValve implements Device {
  readonly topic: string;
  readonly #place: Place;
  readonly #battery: Battery;
  #undos: Undo[] = [];
  #setpoint = 21;
  #reported = -1;

  constructor(place: Place) {
    this.topic = `home/${place.room.name}/valve`;
    this.#place = place;
    this.#battery = new Battery(place.clock, place.chance);
  }

  start(): void {
    const { bus, clock } = this.#place;
    this.#undos = [
      bus.subscribe(`${this.topic}/set`, (payload) => this.#obey(payload)),
      again(
        clock,
        () => controlMs,
        () => this.#control(),
      ),
    ];
    this.#control();
  }

  stop(): void {
    for (const undo of this.#undos) undo();
  }

  #obey(payload: string): void {
    const setpoint = Number(readObject(payload)?.['setpoint'] ?? payload);
    if (Number.isFinite(setpoint)) this.#setpoint = Math.min(30, Math.max(5, setpoint));
    this.#reported = -1;
    this.#control();
  }

  /** Speaks when it moved by five per cent. */
  #control(): void {
    const { room } = this.#place;
    room.heating = Math.min(1, Math.max(0, (this.#setpoint + 0.5 - room.celsius) / 2));
    const position = Math.round(room.heating * 100);
    if (this.#reported >= 0 && Math.abs(position - this.#reported) < 5) return;
    this.#reported = position;
    const payload = { position, setpoint: rounded(this.#setpoint, 1), battery: this.#battery.percent };
    this.#place.bus.publish(this.topic, JSON.stringify(payload), true);
  }
}
