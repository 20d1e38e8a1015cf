// What a plugin offers in the running house: addresses of its own, and devices.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { DeviceView, PluginView, RuleView } from '../../src/api/index.ts';
import type { TestHouse } from '../support/house.ts';
import { client, freshFolder, get, house, listen } from '../support/house-visit.ts';

const folder = fileURLToPath(new URL('../fixtures/plugins/useful', import.meta.url));

function post(url: string, body: unknown = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function withUseful(dataDir = freshFolder()): Promise<TestHouse> {
  const at = await house(dataDir);
  expect((await post(`${at.url}/api/v1/plugins`, { folder })).status).toBe(201);
  const enabled = (await (await post(`${at.url}/api/v1/plugins/useful/enable`)).json()) as PluginView;
  expect(enabled.state).toBe('running');
  return at;
}

it('answers below its own address, as data and never as a page of the house', async () => {
  const at = await withUseful();
  const hello = await fetch(`${at.url}/plugins/useful/hello?name=you`);
  expect(hello.status).toBe(200);
  expect(await hello.json()).toEqual({ hello: 'you' });
  expect(hello.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(hello.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(hello.headers.get('x-content-type-options')).toBe('nosniff');
  const echoed = await post(`${at.url}/plugins/useful/try/echo`, { a: '巴' });
  expect([echoed.status, await echoed.json()]).toEqual([201, { a: '巴' }]);
  const refused = async (asked: Promise<Response>) => {
    const answer = await asked;
    const problem = (await answer.json()) as { code: string };
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return `${answer.status} ${problem.code}`;
  };
  const plugin = `${at.url}/plugins/useful`;
  const html = { accept: 'text/html' };
  expect(await refused(fetch(`${plugin}/try/page`, { headers: html }))).toBe('502 plugin-failed');
  expect(await refused(fetch(`${plugin}/try/throws`))).toBe('502 plugin-failed');
  expect(await refused(fetch(`${plugin}/nothing`, { headers: html }))).toBe('404 plugin-missing');
  expect(await refused(fetch(`${at.url}/plugins/nobody/x`))).toBe('404 plugin-missing');
  expect(await refused(fetch(`${plugin}/hello`, { method: 'PATCH' }))).toBe('405 method-not-allowed');
  expect(await refused(post(`${plugin}/try/echo`, 'x'.repeat(262_144)))).toBe('413 body-too-large');
  const origin = 'https://elsewhere.example';
  expect(await refused(fetch(`${plugin}/hello`, { headers: { origin } }))).toBe('403 foreign-origin');
  await post(`${at.url}/api/v1/plugins/useful/disable`);
  expect(await refused(fetch(`${plugin}/hello`))).toBe('503 plugin-unavailable');
  const metrics = await (await fetch(`${at.url}/metrics`)).text();
  expect(metrics).toMatch(/plugin_requests_failed\S* 2/);
});

const lamp = {
  id: 'hall-lamp',
  name: 'Hall lamp',
  properties: [
    {
      id: 'on',
      name: 'On',
      kind: 'boolean',
      reports: [{ topic: 'gate/hall', read: "payload = 'ON'" }],
      command: { topic: 'gate/hall/set', write: "value ? 'ON' : 'OFF'" },
    },
  ],
};

const tell = `
id: tell
name: Tell the plugin
mode: parallel
triggers:
  - message: test/tell
actions:
  - call: useful/do
    with: "{{ payload }}"
`;

it('brings a device that everybody can see and switch, until it is switched off', async () => {
  const at = await withUseful();
  const api = `${at.url}/api/v1`;
  const headers = { 'content-type': 'text/yaml' };
  expect((await fetch(`${api}/rules/tell`, { method: 'PUT', headers, body: tell })).status).toBe(201);
  const publisher = await client(at.mqttPort);
  const ask = (task: object) => publisher.publishAsync('test/tell', JSON.stringify(task), { qos: 1 });
  const device = async () => (await fetch(`${api}/devices/hall-lamp`)).status;
  await ask({ task: 'describe', source: 'hall', devices: [lamp] });
  await expect.poll(device, { timeout: 15_000 }).toBe(200);
  await publisher.publishAsync('gate/hall', 'ON', { qos: 1, retain: true });
  const seen = await get<DeviceView>(`${api}/devices/hall-lamp`);
  expect(seen).toMatchObject({ name: 'Hall lamp', format: 'plugin' });
  const next = await listen(at.mqttPort, 'gate/hall/set');
  expect((await post(`${api}/devices/hall-lamp/set`, { properties: { on: false } })).status).toBe(200);
  expect(await next()).toBe('gate/hall/set OFF');
  await ask({ task: 'set', id: 'hall-lamp', properties: { on: true } });
  expect(await next()).toBe('gate/hall/set ON');
  await post(`${api}/plugins/useful/disable`);
  expect(await get(`${api}/devices`)).toEqual({ items: [] });
}, 30_000);

const cooling = `
id: cooling
name: Cooling
mode: single
triggers:
  - becomes: $useful_twice($state('test/heat')) > 40
    for: 200ms
actions:
  - publish: test/cool
    payload: "{{ $useful_twice(21) }}"
  - wait: { message: test/goon }
  - publish: test/done
    payload: "{{ $useful_twice(2) }}"
`;

it('has its functions in rules: over a restart, and those that use one wait for it', async () => {
  const dataDir = freshFolder();
  let at = await withUseful(dataDir);
  const headers = { 'content-type': 'text/yaml' };
  const put = () => fetch(`${at.url}/api/v1/rules/cooling`, { method: 'PUT', headers, body: cooling });
  expect(await (await put()).json()).toMatchObject({ problems: [] });
  const { items } = await get<{ items: unknown[] }>(`${at.url}/api/v1/expressions/functions`);
  expect(items).toContainEqual(expect.objectContaining({ name: 'useful_twice', en: 'twice as much' }));
  await at.kill();
  at = await house(dataDir);
  const rule = () => get<RuleView>(`${at.url}/api/v1/rules/cooling`);
  expect((await rule()).problems).toEqual([]);
  const next = await listen(at.mqttPort, 'test/+');
  const publisher = await client(at.mqttPort);
  const say = async (topic: string, text: string) => {
    await publisher.publishAsync(topic, text, { qos: 1 });
    expect(await next()).toBe(`${topic} ${text}`);
  };
  await say('test/heat', '21');
  expect(await next()).toBe('test/cool 42');
  await post(`${at.url}/api/v1/plugins/useful/disable`);
  expect((await rule()).problems).toMatchObject([{ code: 'unknown-function' }, {}, {}]);
  expect((await put()).status).toBe(400);
  await say('test/heat', '1');
  await say('test/heat', '30');
  // its run is of a text that could be read, and is finished with it
  await say('test/goon', 'x');
  expect(await next()).toBe('test/done 4');
  await post(`${at.url}/api/v1/plugins/useful/enable`);
  await expect.poll(async () => (await rule()).problems, { timeout: 15_000 }).toEqual([]);
  await say('test/heat', '2');
  await say('test/heat', '50');
  expect(await next()).toBe('test/cool 42');
}, 40_000);
