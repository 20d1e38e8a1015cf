// Which address and which version of MQTT come next, and whether to wait before.
import { parseDuration } from '../base/index.ts';
import { Backoff } from './backoff.ts';
import type { BridgeSettings } from './settings.ts';

const versionsOf: Readonly<Record<BridgeSettings['protocol'], readonly (4 | 5)[]>> = {
  auto: [5, 4],
  mqttv50: [5],
  mqttv311: [4],
};

export class Attempts {
  readonly #settings: BridgeSettings;
  readonly #backoff: Backoff;
  readonly #versions: readonly (4 | 5)[];
  #address = 0;
  #version = 0;
  /** Addresses that failed since the last wait or success. */
  #failed = 0;

  constructor(settings: BridgeSettings, random: () => number) {
    const { base, cap } = settings.restartTimeout;
    this.#settings = settings;
    this.#versions = versionsOf[settings.protocol];
    this.#backoff = new Backoff({ baseMs: parseDuration(base), capMs: parseDuration(cap), random });
  }

  get address(): string {
    return this.#settings.addresses[this.#address] ?? '';
  }

  get version(): 4 | 5 {
    return this.#versions[this.#version] ?? 5;
  }

  /** The one to go back to, while another one is in use. */
  get primary(): string | undefined {
    return this.#settings.roundRobin || this.#address === 0 ? undefined : this.#settings.addresses[0];
  }

  succeeded(): void {
    this.#failed = 0;
    this.#backoff.reset();
  }

  toPrimary(): void {
    this.#address = 0;
    this.#version = 0;
  }

  /** A connection was lost: wait. Returns for how long. */
  lost(): number {
    if (this.#settings.roundRobin) this.#nextAddress();
    else this.toPrimary();
    return this.#backoff.next();
  }

  /** An attempt failed: the next one is an older version, then the next address, and after the last of those a wait. */
  failed(isVersionRefused: boolean): number {
    if (isVersionRefused && this.#version < this.#versions.length - 1) {
      this.#version++;
      return 0;
    }
    this.#nextAddress();
    this.#failed++;
    if (this.#failed < this.#settings.addresses.length) return 0;
    this.#failed = 0;
    return this.#backoff.next();
  }

  #nextAddress(): void {
    this.#address = (this.#address + 1) % this.#settings.addresses.length;
    this.#version = 0;
  }
}
