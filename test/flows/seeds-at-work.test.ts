// Flows that come with Homerule at work: the whole house, its real Node-RED, and MQTT clients that play the devices.
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { FlowSeedAddedView, FlowSeedView, Page } from '../../src/api/index.ts';
import { packageRoot } from '../../src/config/index.ts';
import { FlowSeeds, SeedLibrary } from '../../src/flows/index.ts';
import { HttpPeer } from '../plugins/notify/http-peer.ts';
import type { TestHouse } from '../support/house.ts';
import { apply, client, get, house, listen } from '../support/house-visit.ts';
import { buildPaletteWhenOld } from '../support/palette.ts';
import { makeFlows } from './flows-house.ts';

beforeAll(() => buildPaletteWhenOld(), 120_000);

async function send<View>(at: TestHouse, method: string, path: string, body: object): Promise<View> {
  const headers = { 'content-type': 'application/json' };
  const url = `${at.url}/api/v1${path}`;
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as View;
}

function add(at: TestHouse, name: string, settings: object = {}): Promise<FlowSeedAddedView> {
  return send<FlowSeedAddedView>(at, 'POST', `/flows/seeds/${name}`, { settings });
}

interface Made {
  readonly property: string;
  readonly kind?: 'boolean' | 'number';
  readonly isCommanded?: boolean;
}

/** A device that speaks JSON on its own topic. */
async function device(at: TestHouse, id: string, made: Made): Promise<void> {
  const { property, kind = 'boolean', isCommanded = false } = made;
  const command = { topic: `${id}/set`, write: `{ '${property}': value }` };
  const described = {
    id: property,
    name: property,
    kind,
    reports: [{ topic: id, read: `payload.${property}` }],
    ...(isCommanded && { command }),
  };
  await send(at, 'PUT', `/device-mappings/${id}`, { name: id, properties: [described] });
}

/** Events of flows are told on `told/EVENT`. */
const teller = `id: teller
mode: queued
max: 100
triggers: [{ event: [lamp-unconfirmed, door-left-open, door-closed, energy-budget] }]
actions: [{ publish: "told/{{ value }}", payload: "{{ payload }}" }]
`;

async function say(by: MqttClient, id: string, payload: object): Promise<void> {
  await by.publishAsync(id, JSON.stringify(payload), { qos: 1 });
}

test('all are known to Node-RED', async () => {
  const under = makeFlows({ nodesDir: join(packageRoot(), 'dist/flows/nodes') });
  try {
    const library = new SeedLibrary(join(packageRoot(), 'flows'));
    const seeds = new FlowSeeds({ library, flows: under.flows });
    const missing = (): boolean => under.log.some(({ text }) => /missing types/i.test(text));
    for (const { name } of await seeds.list()) await seeds.add(name, { by: 'anna' });
    await under.until(() => under.log.some(({ text }) => text === 'Started flows'));
    expect(missing()).toBe(false);
    const nobody = { id: 'tab', type: 'tab', label: 'x' };
    const body = { flows: [nobody, { id: 'x', z: 'tab', type: 'nobody-knows-it', wires: [] }] };
    await under.flows.admin({ method: 'POST', path: '/flows', body, by: 'anna' });
    await under.until(missing);
  } finally {
    await under.stop();
  }
}, 60_000);

test('are offered, added once, and said to be there', async () => {
  const at = await house();
  const offered = async (): Promise<readonly FlowSeedView[]> =>
    (await get<Page<FlowSeedView>>(`${at.url}/api/v1/flows/seeds`)).items;
  expect((await offered()).map(({ added }) => added)).toEqual(Array(6).fill(false));
  expect((await add(at, 'webhook-to-device', { DEVICE: 'fan' })).added).toBeGreaterThan(4);
  expect(await add(at, 'webhook-to-device')).toMatchObject({ added: 0, replaced: 0 });
  expect((await offered()).filter(({ added }) => added)).toMatchObject([
    { name: 'webhook-to-device', settings: [{ name: 'DEVICE', value: 'fan' }] },
  ]);
  const headers = { 'content-type': 'application/json' };
  const refused = async (name: string, body: object): Promise<unknown> => {
    const url = `${at.url}/api/v1/flows/seeds/${name}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return ((await answer.json()) as { code: string }).code;
  };
  expect(await refused('nobody', {})).toBe('flow-seed-missing');
  expect(await refused('webhook-to-device', { settings: { LAMP: 'x' } })).toBe('flow-seed-setting');
}, 60_000);

describe('presence lighting', () => {
  test('tells a lamp that does not answer three times, then rules; one that answers once', async () => {
    const at = await house();
    await device(at, 'pir', { property: 'occupancy' });
    await device(at, 'lamp', { property: 'on', isCommanded: true });
    await apply(at, 'teller', teller);
    const by = await client(at.mqttPort);
    await say(by, 'pir', { occupancy: true });
    const commands = await listen(at.mqttPort, 'lamp/set');
    const told = await listen(at.mqttPort, 'told/#');
    await add(at, 'presence-lighting', {
      ...{ SENSOR: 'pir', LAMP: 'lamp', EMPTY_FOR: '400ms', ANSWER_WITHIN: '300ms' },
    });
    for (let turn = 0; turn < 3; turn++) expect(await commands()).toBe('lamp/set {"on":true}');
    expect(await told()).toBe('told/lamp-unconfirmed {"lamp":"lamp","tries":3}');

    await say(by, 'pir', { occupancy: false });
    expect(await commands()).toBe('lamp/set {"on":false}');
    by.subscribe('lamp/set');
    by.on('message', (topic, payload) => topic === 'lamp/set' && by.publish('lamp', payload));
    await say(by, 'pir', { occupancy: true });
    expect(await commands()).toBe('lamp/set {"on":true}');
    await say(by, 'pir', { occupancy: false });
    expect(await commands()).toBe('lamp/set {"on":false}');
  }, 60_000);
});

test('a door that stays open is told of three times, then an alarm sounds until it is closed', async () => {
  const at = await house();
  await device(at, 'door', { property: 'open' });
  await device(at, 'siren', { property: 'on', isCommanded: true });
  await apply(at, 'teller', teller);
  const by = await client(at.mqttPort);
  await say(by, 'door', { open: true });
  const commands = await listen(at.mqttPort, 'siren/set');
  const told = await listen(at.mqttPort, 'told/#');
  await add(at, 'door-left-open', {
    ...{ DOOR: 'door', DOOR_PROPERTY: 'open', ALARM: 'siren', OPEN_FOR: '100ms', REMIND_EVERY: '200ms' },
  });
  for (const level of [1, 2, 3])
    expect(await told()).toBe(`told/door-left-open {"door":"door","level":${level}}`);
  expect(await commands()).toBe('siren/set {"on":true}');
  await say(by, 'door', { open: false });
  expect(await commands()).toBe('siren/set {"on":false}');
  expect(await told()).toMatch('told/door-closed');
}, 60_000);

/** What a node of a flow remembers. */
function remembered(at: TestHouse, node: string): Promise<string> {
  return fetch(`${at.url}/red/context/node/${node}`).then((answer) => answer.text());
}

test('at 80 percent of the budget rules are told once, at 100 again', async () => {
  const at = await house();
  await device(at, 'meter', { property: 'energy', kind: 'number' });
  await device(at, 'boiler', { property: 'on', isCommanded: true });
  await send(at, 'PATCH', '/devices/boiler', { labels: ['can-wait'] });
  await apply(at, 'teller', teller);
  const by = await client(at.mqttPort);
  const commands = await listen(at.mqttPort, 'boiler/set');
  const told = await listen(at.mqttPort, 'told/#');
  await say(by, 'meter', { energy: 100 });
  await add(at, 'energy-budget', { METER: 'meter', BUDGET: '10' });
  const counting = (): Promise<string> => remembered(at, 'homerule-energy-budget-count');
  await expect.poll(counting, { timeout: 20_000 }).toContain('100');
  for (const energy of [107.9, 108, 108.4]) {
    await say(by, 'meter', { energy });
    if (energy === 108) expect(await told()).toBe('told/energy-budget {"used":8,"budget":10,"percent":80}');
  }
  await send(at, 'POST', '/flows/restart', {});
  await say(by, 'meter', { energy: 109.9 });
  await say(by, 'meter', { energy: 110 });
  expect(await told()).toMatch(/"percent":100}$/);
  expect(await commands()).toBe('boiler/set {"on":false}');
}, 60_000);

test('the day is summed up for a person and for rules, when the flow says so', async () => {
  const peer = await HttpPeer.start({ body: { code: 200, message: 'success' } });
  onTestFinished(() => peer.stop());
  const at = await house();
  const channel = { name: 'phone', url: peer.url, key: 'ynJ5Ft4atkMkWeo2PAvFhF' };
  await send(at, 'PUT', '/plugins/notify/config', { bark: [channel] });
  await send(at, 'POST', '/plugins/notify/enable', {});
  await apply(at, 'teller', teller.replace('[lamp-', '[daily-report, lamp-'));
  const by = await client(at.mqttPort);
  const told = await listen(at.mqttPort, 'told/#');
  for (const celsius of [18, 24.5, 21]) await say(by, 'home/living-room/temperature', { celsius });
  await add(at, 'daily-report');
  const headers = { 'content-type': 'application/json', 'node-red-api-version': 'v2', origin: at.url };
  const drawn = (await (await fetch(`${at.url}/red/flows`, { headers })).json()) as { flows: object[] };
  // As somebody does who wants it each second instead of each evening.
  const flows = drawn.flows.map((node) => ('crontab' in node ? { ...node, crontab: '* * * * * *' } : node));
  const body = JSON.stringify({ ...drawn, flows });
  expect((await fetch(`${at.url}/red/flows`, { method: 'POST', headers, body })).status).toBe(200);
  const report = await told();
  expect(report).toMatch(/^told\/daily-report /);
  const said = JSON.parse(report.slice('told/daily-report '.length)) as { text: string; mean: number };
  expect(said).toMatchObject({
    min: 18,
    max: 24.5,
    text: expect.stringMatching(/^Living room 客厅: 18–24\.5 °C/),
  });
  expect(said.mean).toBeGreaterThanOrEqual(18);
  expect(said.mean).toBeLessThanOrEqual(24.5);
  await peer.posted.until(({ body }) => JSON.stringify(body).includes('18–24.5 °C'));
}, 60_000);

test('near the budget of a day rules are told, over it what can wait is switched off', async () => {
  const at = await house();
  await device(at, 'meter', { property: 'energy', kind: 'number' });
  await device(at, 'boiler', { property: 'on', isCommanded: true });
  await send(at, 'PATCH', '/devices/boiler', { labels: ['can-wait'] });
  await apply(at, 'teller', teller);
  const by = await client(at.mqttPort);
  const commands = await listen(at.mqttPort, 'boiler/set');
  const told = await listen(at.mqttPort, 'told/#');
  await say(by, 'meter', { energy: 100 });
  await add(at, 'energy-budget', { METER: 'meter', BUDGET: '10', WARN_AT: '0' });
  expect(await told()).toBe('told/energy-budget {"used":0,"budget":10,"percent":0}');
  for (const energy of [101, 108.5, 109, 111]) await say(by, 'meter', { energy });
  expect(await told()).toBe('told/energy-budget {"used":11,"budget":10,"percent":110}');
  expect(await commands()).toBe('boiler/set {"on":false}');
}, 60_000);

test('what a speaker wants of a door happens when somebody approves', async () => {
  const at = await house();
  await device(at, 'garage', { property: 'on', isCommanded: true });
  await apply(at, 'teller', teller.replace('[lamp-', '[approval-asked, approval-expired, lamp-'));
  const by = await client(at.mqttPort);
  await say(by, 'garage', { on: false });
  const commands = await listen(at.mqttPort, 'garage/set');
  const told = await listen(at.mqttPort, 'told/#');
  const state = await listen(at.mqttPort, 'flows/garage-remote/#');
  await add(at, 'bemfa-approval', { DOOR: 'garage', APPROVE_SECONDS: '1' });
  let heard = await state();
  while (!heard.endsWith('{"on":"OFF"}') && !heard.endsWith('{"on":false}')) heard = await state();

  const set = (properties: object): Promise<unknown> =>
    send(at, 'POST', '/devices/garage-remote/set', { properties });
  await set({ on: true });
  expect(await told()).toBe('told/approval-asked {"door":"garage","on":true}');
  expect(await told()).toMatch('told/approval-expired');
  await set({ approve: true });
  await set({ on: true });
  expect(await told()).toMatch('told/approval-asked');
  await set({ approve: true });
  expect(await commands()).toBe('garage/set {"on":true}');
}, 60_000);

test('another program switches a device, and is told what was wrong', async () => {
  const at = await house();
  await device(at, 'fan', { property: 'on', isCommanded: true });
  const commands = await listen(at.mqttPort, 'fan/set');
  await add(at, 'webhook-to-device', { DEVICE: 'fan' });
  const ask = async (body: unknown): Promise<[number, unknown]> => {
    const headers = { 'content-type': 'application/json', origin: at.url };
    const url = `${at.url}/endpoint/device`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  expect(await ask({ on: true })).toEqual([200, { device: 'fan', set: { on: true } }]);
  expect(await commands()).toBe('fan/set {"on":true}');
  expect(await ask([])).toEqual([400, { error: 'expected a JSON object such as {"on": true}' }]);
  expect(await ask({ colour: 'red' })).toEqual([502, { error: expect.stringContaining('colour') }]);
}, 60_000);
