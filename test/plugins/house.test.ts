// A plugin in the running house: installed and switched on over the API, heard and used by rules.
import { fileURLToPath } from 'node:url';
import mqtt from 'mqtt';
import { expect, it } from 'vitest';
import { startHouse } from '../support/house.ts';

const folder = fileURLToPath(new URL('../fixtures/plugins/useful', import.meta.url));

const rule = `
id: useful-rule
name: Useful
mode: parallel
triggers:
  - message: test/go
  - event: useful/paged
actions:
  - if: trigger.verb = 'message'
    then:
      - call: useful/add
        with: { a: "{{ payload }}" }
        id: sum
      - notify: pager
        message: "it is {{ steps.sum }}"
    else:
      - publish: test/paged
        payload: "{{ payload.message }}"
`;

it('a plugin is installed, switched on, called by rules and heard by them, and is there after a restart', async () => {
  let house = await startHouse();
  const { dataDir } = house;
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const isText = typeof body === 'string';
    const response = await fetch(`${house.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': isText ? 'text/yaml' : 'application/json' },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, text).toBe(true);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const goes = async (): Promise<void> => {
    const client = await mqtt.connectAsync(`mqtt://localhost:${house.mqttPort}`);
    await client.subscribeAsync('test/paged');
    const heard = new Promise<Buffer>((resolve) =>
      client.once('message', (_topic, payload) => resolve(payload)),
    );
    await client.publishAsync('test/go', '41');
    expect(String(await heard)).toBe('it is 42');
    await client.endAsync();
  };
  try {
    const installed = await ask('POST', '/plugins', { folder });
    expect(installed).toMatchObject({ id: 'useful', state: 'off', isIsolated: true });
    const enabled = await ask('POST', '/plugins/useful/enable');
    expect(enabled).toMatchObject({ state: 'running', actions: ['add', 'do'], channels: ['pager'] });
    await ask('PUT', '/rules/useful-rule', rule);
    await goes();
    await house.kill();
    house = await startHouse({ dataDir });
    await expect
      .poll(async () => ask('GET', '/plugins/useful'), { timeout: 15_000 })
      .toMatchObject({ state: 'running' });
    await goes();
    await ask('DELETE', '/plugins/useful');
    expect(JSON.stringify(await ask('GET', '/plugins'))).not.toContain('useful');
  } finally {
    await house.kill();
  }
}, 40_000);
