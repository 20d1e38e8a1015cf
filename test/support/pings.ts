// How long a message takes through a house and back to who sent it.
import type { MqttClient } from 'mqtt';
import { client } from './house-visit.ts';

/** Milliseconds from a publish of one client to its arrival at the same one, one after the other. */
export class Pings {
  readonly #client: MqttClient;
  /** How often the connection was lost. */
  losses = 0;
  #sent = 0;
  #arrived: ((text: string) => void) | undefined;

  constructor(connected: MqttClient) {
    this.#client = connected;
    connected.on('close', () => this.losses++);
    connected.on('message', (_topic, payload) => this.#arrived?.(payload.toString()));
  }

  static async open(port: number): Promise<Pings> {
    const connected = await client(port);
    await connected.subscribeAsync('test/ping');
    return new Pings(connected);
  }

  async one(): Promise<number> {
    const text = String(++this.#sent);
    const arrived = new Promise<void>((resolve) => {
      this.#arrived = (heard) => {
        if (heard === text) resolve();
      };
    });
    const from = performance.now();
    await this.#client.publishAsync('test/ping', text);
    await arrived;
    return performance.now() - from;
  }

  async many(isEnough: (count: number) => boolean): Promise<number[]> {
    const times: number[] = [];
    while (!isEnough(times.length)) times.push(await this.one());
    return times.sort((a, b) => a - b);
  }
}
