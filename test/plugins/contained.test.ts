// Plugins that go wrong, each in a real house: nobody else feels it, and people are told why it was switched off.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { PluginView } from '../../src/api/index.ts';
import { begin } from '../cli/invoke.ts';
import type { TestHouse } from '../support/house.ts';
import { client, get, house } from '../support/house-visit.ts';
import { Pings } from '../support/pings.ts';

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
