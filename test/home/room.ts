// A room as physics sees it. Devices change it, sensors read it.
import { daylight, outdoors } from './weather.ts';

export class Room {
  readonly name: string;
  celsius: number;
  humidity = 48;
  /** Lux that its lamps give. */
  lamps = 0;
  /** 0 to 1: how far the heating is open. */
  heating = 0;
  /** Watts of the machines in it. */
  watts = 0;
  isFanOn = false;
  /** Part of the daylight that its windows let in. */
  readonly #windows: number;

  constructor(name: string, windows: number, celsius: number) {
    this.name = name;
    this.#windows = windows;
    this.celsius = celsius;
  }

  lux(at: number): number {
    return daylight(at) * this.#windows + this.lamps;
  }

  /** Lets this many seconds pass: leaks to the outside, heating, sun, machines, fan. */
  step(at: number, seconds: number): void {
    const hours = seconds / 3600;
    const leak = (outdoors(at) - this.celsius) * 0.12;
    const sun = (daylight(at) * this.#windows) / 900;
    const gain = this.heating * 4 + sun + this.watts / 1500 + 0.4;
    const fan = this.isFanOn ? Math.max(0, this.celsius - outdoors(at)) * 0.25 : 0;
    this.celsius += (leak + gain - fan) * hours;
    const dry = 62 - this.celsius * 0.7;
    this.humidity += (dry - this.humidity) * Math.min(1, hours);
  }
}
