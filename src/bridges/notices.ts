// What the house says of a bridge under `$SYS/broker/connection/CLIENT-ID/`: mosquitto's `state`, and beside it figures.
import { Buffer } from 'node:buffer';
import type { LocalBroker } from './ports.ts';

export class Notices {
  readonly #local: LocalBroker;
  readonly #bridge: string;
  readonly #base: string;
  readonly #stateTopic: string;
  readonly #said = new Map<string, string>();

  constructor(
    local: LocalBroker,
    names: { readonly bridge: string; readonly clientId: string; readonly stateTopic: string },
  ) {
    this.#local = local;
    this.#bridge = names.bridge;
    this.#base = `$SYS/broker/connection/${names.clientId}`;
    this.#stateTopic = names.stateTopic;
  }

  state(isUp: boolean): void {
    this.#say(this.#stateTopic, isUp ? '1' : '0');
  }

  /** Empty: there is none any more. */
  error(text: string): void {
    this.#say(`${this.#base}/error`, text);
  }

  figures(figures: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(figures)) this.#say(`${this.#base}/${name}`, String(value));
  }

  /** The bridge is no more. */
  withdraw(): void {
    for (const topic of [...this.#said.keys()]) this.#say(topic, '');
  }

  #say(topic: string, text: string): void {
    if ((this.#said.get(topic) ?? '') === text) return;
    this.#said.set(topic, text);
    const payload = Buffer.from(text);
    this.#local.release({ topic, payload, qos: 1, retain: true, origin: 'bridge', by: this.#bridge });
  }
}
