// Plugins that go wrong, each in a real house: nobody else feels it, and people are told why it was switched off.
import { fileURLToPath } from 'node:url';
import type { MqttClient } from 'mqtt';
import { expect, it } from 'vitest';
import type { PluginView } from '../../src/api/index.ts';
import { begin } from '../cli/invoke.ts';
import type { TestHouse } from '../support/house.ts';
import { client, get, house } from '../support/house-visit.ts';

const folder = fileURLToPath(new URL('../fixtures/plugins/failing', import.meta.url));
const pings = 1000;

async function withFailing(how: string): Promise<TestHouse> {
  const at = await house();
  const ask = async (method: string, path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${at.url}/api/v1/plugins${path}`;
    const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
    expect(answer.ok, path).toBe(true);
  };
  await ask('POST', '', { folder });
  await ask('PUT', '/failing/config', { how });
  await ask('POST', '/failing/enable', {});
  return at;
}

/** Milliseconds from a publish of one client to its arrival at the same one, one after the other. */
class Pings {
  readonly #client: MqttClient;
  #sent = 0;
  #arrived: ((text: string) => void) | undefined;

  constructor(connected: MqttClient) {
    this.#client = connected;
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

const median = (times: readonly number[]): number => times[times.length >> 1] ?? 0;

it.each([
  ['hang', 1, 'waiting', /it hangs/, 'it did not answer for 5 s: it hangs'],
  ['throw', 25, 'failed', /more than 20 errors/, 'more than 20 errors in a minute'],
  ['flood', 1, 'failed', /a flood/, 'it asks the house for far too much: a flood'],
] as const)(
  'a plugin that goes wrong by %s is felt by nobody, and says why it is off',
  async (how, messages, state, reason, words) => {
    const at = await withFailing(how);
    const round = await Pings.open(at.mqttPort);
    await round.many((count) => count >= pings);
    const calm = median(await round.many((count) => count >= pings));
    const view = () => get<PluginView>(`${at.url}/api/v1/plugins/failing`);
    let isOver = false;
    const over = expect
      .poll(async () => (await view()).reason, { timeout: 20_000, interval: 100 })
      .toMatch(reason)
      .finally(() => {
        isOver = true;
      });
    const speaker = await client(at.mqttPort);
    for (let i = 0; i < messages; i++) await speaker.publishAsync('failing/now', 'x');
    const beset = median(await round.many((count) => isOver && count >= pings));
    await over;
    console.info(`${how}: a ping takes ${calm.toFixed(2)} ms, and ${beset.toFixed(2)} ms meanwhile`);
    expect(beset).toBeLessThan(10 * calm + 10);
    expect(['running', 'starting', state]).toContain((await view()).state);
    const shown = begin(['plugin', 'show', 'failing', '--url', at.url]);
    expect(await shown.code).toBe(0);
    if (state === 'failed') expect(shown.out().toString()).toContain(words);
  },
  60_000,
);
