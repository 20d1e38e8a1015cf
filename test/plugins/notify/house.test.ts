// "notify: phone" of a rule in a whole house: it arrives, an error is told in words, and the secret is nowhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { startHouse } from '../../support/house.ts';
import { HttpPeer } from './http-peer.ts';

const key = 'ynJ5Ft4atkMkWeo2PAvFhF';

const rule = `
id: wet
name: Wet
triggers:
  - message: cellar/{room}
actions:
  - notify: phone
    title: Water
    message: "The {{ params.room }} is wet"
    data: { priority: high }
`;

/** Every file below it that holds the words. */
function filesWith(folder: string, words: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((file) => readFileSync(file).includes(words));
}

it('a rule tells a phone, says why it could not, and keeps the key to itself', async () => {
  const peer = await HttpPeer.start({ body: { code: 200, message: 'success' } });
  onTestFinished(() => peer.stop());
  const house = await startHouse();
  onTestFinished(async () => void (await house.stop()));
  const answers: string[] = [];
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    const isText = typeof body === 'string';
    const response = await fetch(`${house.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': isText ? 'text/yaml' : 'application/json' },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, text).toBe(true);
    answers.push(text);
    return text;
  };
  await ask('PUT', '/plugins/notify/config', { bark: [{ name: 'phone', url: peer.url, key }] });
  expect(JSON.parse(await ask('POST', '/plugins/notify/enable'))).toMatchObject({ channels: ['phone'] });
  await ask('POST', '/rules', rule);
  const client = await mqtt.connectAsync(`mqtt://localhost:${house.mqttPort}`);
  onTestFinished(() => client.endAsync(true));

  await client.publishAsync('cellar/laundry', 'wet', { qos: 1 });
  await peer.posted.until(({ body }) => JSON.stringify(body).includes('laundry'));
  expect(peer.posted.all[0]).toMatchObject({
    path: '/push',
    body: { title: 'Water', body: 'The laundry is wet', level: 'timeSensitive', device_key: key },
  });
  expect(await ask('POST', '/plugins/notify/actions/test', { channel: 'phone' })).toContain('phone');
  expect(JSON.stringify(peer.posted.all.at(-1)?.body)).toContain('This is a test');

  peer.next({ status: 400, body: { code: 400, message: `failed to get [${key}] device token` } });
  await client.publishAsync('cellar/garage', 'wet', { qos: 1 });
  const words = 'failed to get [•••] device token (code 400)';
  await expect
    .poll(async () => JSON.parse(await ask('GET', '/plugins/notify')), { timeout: 10_000 })
    .toMatchObject({ health: 'failing', words: `phone: ${words}` });
  const traces = (): Promise<string> => ask('GET', '/runs?rule=wet');
  await expect.poll(traces, { timeout: 10_000 }).toContain('failed');
  const runs = JSON.parse(await traces()) as { items: { id: string; outcome?: string }[] };
  const all = await Promise.all(runs.items.map(({ id }) => ask('GET', `/runs/${id}`)));
  expect(all.join()).toContain(`phone (bark): ${words}`);

  expect(answers.join()).not.toContain(key);
  expect(house.output()).toContain('[•••]');
  expect(house.output()).not.toContain(key);
  expect(filesWith(house.dataDir, 'wet').length, 'files are looked into').toBeGreaterThan(0);
  expect(filesWith(house.dataDir, key)).toEqual([]);
}, 40_000);
