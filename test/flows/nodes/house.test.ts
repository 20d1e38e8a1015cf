// The nodes against a real house in a process of its own.

import { describe, expect, test } from 'vitest';
import type { DeviceView, RunView } from '../../../src/api/contract.ts';
import type { TestHouse } from '../../support/house.ts';
import { apply, client, freshFolder, get, house, listen } from '../../support/house-visit.ts';
import { buildPaletteWhenOld } from '../../support/palette.ts';
import { place } from './workbench.ts';

const switchAt = (topic: string, name: string): object => ({
  name,
  properties: [
    {
      ...{ id: 'on', name: 'On', kind: 'boolean' },
      reports: [{ topic, read: 'payload.on' }],
      command: { topic: `${topic}/set`, write: "{ 'on': value }" },
    },
  ],
});

async function write(at: TestHouse, method: string, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${at.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return answer;
}

const say = (at: TestHouse, on: boolean, topic = 'hall/lamp'): Promise<Response> =>
  write(at, 'POST', '/publish', { topic, payload: { on }, qos: 1 });

async function withLamp(dataDir = freshFolder(), flags: readonly string[] = []): Promise<TestHouse> {
  const at = await house(dataDir, { flags });
  await write(at, 'PUT', '/device-mappings/lamp', switchAt('hall/lamp', 'Lamp'));
  return at;
}

const deviceIn = { type: 'homerule-device-in', target: 'lamp', property: 'on' };
const deviceSet = { type: 'homerule-device-set', target: 'lamp' };

describe('the nodes in a real house', () => {
  test('device in tells what a device says, with who said it', async () => {
    const at = await withLamp();
    await say(at, false);
    const bench = await place({ ...deviceIn, onConnect: true }, at.url);
    expect(await bench.next()).toMatchObject([0, { payload: false, topic: 'lamp/on' }]);
    await say(at, true);
    const [, msg] = await bench.next();
    expect(msg).toMatchObject({ payload: true, previous: false, homerule: { by: { origin: 'api' } } });
  });

  const burst = 1000;

  test(`device in tells ${burst} equal messages of a burst one by one, in order`, async () => {
    const at = await withLamp();
    await say(at, true);
    const bench = await place({ ...deviceIn, ignoreUnchanged: false, onConnect: true }, at.url);
    await bench.next();
    const by = await client(at.mqttPort);
    const said = Array.from({ length: burst }, (_, i) => ({ on: i < burst / 2, i }));
    await Promise.all(said.map((one) => by.publishAsync('hall/lamp', JSON.stringify(one), { qos: 1 })));
    const heard: unknown[] = [];
    while (heard.length < burst) heard.push((await bench.next())[1].payload);
    expect(heard).toEqual(said.map(({ on }) => on));
    expect(bench.waiting()).toBe(0);
    const metrics = await (await fetch(`${at.url}/metrics`)).text();
    expect(metrics).toMatch(/^homerule_live_events_dropped 0$/m);
  });

  test('device set commands the device; what it refuses is an error in the words of the house', async () => {
    const at = await withLamp();
    const next = await listen(at.mqttPort, 'hall/lamp/set');
    const bench = await place({ ...deviceSet, queue: 'all' }, at.url);
    expect(await bench.input({ payload: { on: true } })).toBeUndefined();
    expect(await next()).toBe('hall/lamp/set {"on":true}');
    expect(await bench.input({ payload: { of: true } })).toBe('"lamp" has no property of; did you mean on?');
  });

  describe.each([
    ['room', { room: 'hall' }],
    ['label', { labels: ['night'] }],
  ])('by %s', (by, edit) => {
    const group = { by, target: by === 'room' ? 'hall' : 'night' };

    /** Two that are in it, one that cannot be switched, and one that is elsewhere. */
    async function furnished(): Promise<TestHouse> {
      const at = await withLamp();
      const power = {
        id: 'power',
        name: 'Power',
        kind: 'number',
        reports: [{ topic: 'hall/meter', read: 'payload' }],
      };
      await write(at, 'PUT', '/device-mappings/desk', switchAt('hall/desk', 'Desk'));
      await write(at, 'PUT', '/device-mappings/far', switchAt('attic/far', 'Far'));
      await write(at, 'PUT', '/device-mappings/meter', { name: 'Meter', properties: [power] });
      for (const id of ['lamp', 'desk', 'meter']) await write(at, 'PATCH', `/devices/${id}`, edit);
      return at;
    }

    test('device set commands all that take it, each with what it takes, and no other', async () => {
      const at = await furnished();
      const next = await listen(at.mqttPort, '+/+/set');
      const bench = await place({ ...deviceSet, ...group }, at.url);
      await bench.shown(({ fill }) => fill === 'green');
      expect(await bench.input({ payload: { colour: 'red' } })).toBeUndefined();
      expect(await bench.next()).toMatchObject([0, { homerule: { set: [] } }]);
      expect(await bench.input({ payload: { on: true, colour: 'red' } })).toBeUndefined();
      const [, { homerule }] = await bench.next();
      expect(new Set((homerule as { set: string[] }).set)).toEqual(new Set(['desk', 'lamp']));
      const told = new Set([await next(), await next()]);
      expect(told).toEqual(new Set(['hall/desk/set {"on":true}', 'hall/lamp/set {"on":true}']));
    });

    test('device in tells of all, also of one that comes later', async () => {
      const at = await furnished();
      await say(at, true);
      const bench = await place({ ...deviceIn, ...group, onConnect: true }, at.url);
      expect(await bench.next()).toMatchObject([0, { topic: 'lamp/on', payload: true }]);
      await say(at, false, 'hall/desk');
      expect(await bench.next()).toMatchObject([0, { topic: 'desk/on', payload: false }]);
      await say(at, true, 'attic/far');
      await write(at, 'PATCH', '/devices/far', edit);
      expect(await bench.next()).toMatchObject([0, { topic: 'far/on', payload: true }]);
      await say(at, false, 'attic/far');
      expect(await bench.next()).toMatchObject([0, { topic: 'far/on', payload: false, previous: true }]);
    });
  });

  test('device get reads a device now, and says what it does not know', async () => {
    const at = await withLamp();
    await say(at, true);
    const saved = { type: 'homerule-device-get', device: 'device', deviceType: 'msg', property: 'on' };
    const bench = await place({ ...saved, output: 'lamp.on' }, at.url);
    expect(await bench.input({ device: 'lamp' })).toBeUndefined();
    expect(await bench.next()).toMatchObject([0, { lamp: { on: true }, homerule: { device: 'lamp' } }]);
    expect(await bench.input({ device: 'lomp' })).toMatch(/lomp/);
  });

  test('wait until looks at a topic', async () => {
    const at = await withLamp();
    const wanted = { source: 'topic', topic: 'hall/lamp', path: 'on', value: 'true', valueType: 'bool' };
    const bench = await place({ type: 'homerule-wait-until', ...wanted }, at.url);
    const ended = bench.input({ payload: 'held' });
    await bench.shown(({ fill, text }) => fill === 'blue' && text === '… 1');
    for (const on of [false, true, false]) await say(at, on);
    expect(await ended).toBeUndefined();
    expect(await bench.next()).toMatchObject([0, { payload: 'held', homerule: { topic: 'hall/lamp' } }]);
  });

  test('wait until lets a message go on when the device says so', async () => {
    const at = await withLamp();
    await say(at, false);
    const wanted = { device: 'lamp', property: 'on', value: 'true', valueType: 'bool' };
    const bench = await place({ type: 'homerule-wait-until', ...wanted }, at.url);
    const ended = bench.input({ payload: 'held' });
    await bench.shown(({ fill, text }) => fill === 'blue' && text === '… 1');
    expect(bench.waiting()).toBe(0);
    await say(at, true);
    expect(await ended).toBeUndefined();
    expect(await bench.next()).toMatchObject([0, { payload: 'held', homerule: { value: true } }]);
  });

  test('rule run waits for a run that takes a while', async () => {
    const at = await withLamp();
    await apply(
      at,
      'slow',
      'id: slow\nname: Slow\ntriggers: []\nactions:\n  - delay: 300ms\n  - log: done\n',
    );
    const bench = await place({ type: 'homerule-rule-run', rule: 'slow' }, at.url);
    expect(await bench.input({ payload: 1 })).toBeUndefined();
    const [output, msg] = await bench.next();
    expect([output, msg]).toMatchObject([0, { homerule: { rule: 'slow', status: 'finished' } }]);
    const { id } = msg.payload as RunView;
    expect(await get<RunView>(`${at.url}/api/v1/runs/${id}`)).toMatchObject({ status: 'finished' });
  });

  test('rule event tells of runs', async () => {
    const at = await withLamp();
    await apply(at, 'quick', 'id: quick\nname: Quick\ntriggers: []\nactions:\n  - log: hello\n');
    const bench = await place({ type: 'homerule-rule-event', rule: 'quick', phases: ['finished'] }, at.url);
    await bench.shown(({ fill }) => fill === 'green');
    await write(at, 'POST', '/rules/quick/run', {});
    expect(await bench.next()).toMatchObject([
      0,
      { topic: 'quick', event: 'finished', homerule: { depth: 1 } },
    ]);
  });

  test('rule event tells that each run of a burst waited and that it finished', async () => {
    const at = await withLamp();
    const rule = 'mode: parallel\nmax: 50\ntriggers: [{ message: go }]\nactions: [{ delay: 1ms }]\n';
    await apply(at, 'quick', `id: quick\n${rule}`);
    const phases = ['waiting', 'finished'];
    const bench = await place({ type: 'homerule-rule-event', rule: 'quick', phases }, at.url);
    await bench.shown(({ fill }) => fill === 'green');
    const by = await client(at.mqttPort);
    const runs = 50;
    await Promise.all(Array.from({ length: runs }, () => by.publishAsync('go', '1', { qos: 1 })));
    const byRun = new Map<unknown, unknown[]>();
    for (let heard = 0; heard < 2 * runs; heard++) {
      const [, { event, payload }] = (await bench.next()) as [number, { event: string; payload: RunView }];
      byRun.set(payload.id, [...(byRun.get(payload.id) ?? []), event]);
    }
    expect([...byRun.values()]).toEqual(Array(runs).fill(phases));
  });

  test('device out is a device of the house, with state and commands', async () => {
    const at = await withLamp();
    const saved = { type: 'homerule-device-out', device: 'siesta', label: 'Siesta' };
    const bench = await place(saved, at.url);
    await bench.shown(({ fill }) => fill === 'green');
    expect(await bench.input({ payload: true })).toBeUndefined();
    const views = await get<{ items: DeviceView[] }>(`${at.url}/api/v1/devices?search=siesta`);
    const [siesta] = views.items;
    expect(siesta).toMatchObject({ name: 'Siesta', format: 'home-assistant', problems: [] });
    expect(siesta?.properties).toMatchObject([{ id: 'on', kind: 'boolean', value: true, commandable: true }]);
    await write(at, 'POST', `/devices/${siesta?.id}/set`, { properties: { on: false } });
    expect(await bench.next()).toMatchObject([0, { property: 'on', payload: false }]);
  });
});

test('in the Node-RED of the house: deployed, an event in, a command out; forms pick from the house', async () => {
  buildPaletteWhenOld();
  const at = await withLamp();
  await write(at, 'POST', '/flows/start', {});
  const headers = { 'content-type': 'application/json', 'node-red-api-version': 'v2', origin: at.url };
  const properties = [{ property: 'on', value: 'payload', valueType: 'msg' }];
  const flows = [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'in', z: 'tab', ...deviceIn, onConnect: true, version: 1, wires: [['set']] },
    { id: 'set', z: 'tab', ...deviceSet, properties, version: 1, wires: [[]] },
  ];
  const next = await listen(at.mqttPort, 'hall/lamp/set');
  await say(at, true);
  const body = JSON.stringify({ flows });
  const deployed = await fetch(`${at.url}/red/flows`, { method: 'POST', headers, body });
  expect(deployed.status).toBe(200);
  expect(await next()).toBe('hall/lamp/set {"on":true}');
  await say(at, false);
  expect(await next()).toBe('hall/lamp/set {"on":false}');
  const picked = await get(`${at.url}/red/homerule/devices?search=lam`);
  expect(picked).toEqual({ items: [{ value: 'lamp', label: 'Lamp' }] });
}, 60_000);

describe('a house that is killed', () => {
  const restarts = 20;

  test(`is found again each of ${restarts} times, without a deploy`, { timeout: 180_000 }, async () => {
    const dataDir = freshFolder();
    let at = await withLamp(dataDir);
    const flags = ['--http-port', new URL(at.url).port];
    const bench = await place({ ...deviceSet, queue: 'all' }, at.url, {
      fence: { ...deviceIn, onConnect: true },
    });
    await say(at, false);
    expect(await bench.fenced()).toBe(false);
    for (let i = 1; i <= restarts; i++) {
      await at.kill();
      const ended = bench.input({ payload: { on: true } });
      at = await house(dataDir, { flags });
      const isOn = i % 2 === 1;
      await say(at, isOn);
      let told = await bench.fenced();
      while (told !== isOn) told = await bench.fenced(); // the present may be told first
      expect(await ended).toBeUndefined();
      expect(await bench.next()).toMatchObject([0, { homerule: { set: ['lamp'] } }]);
    }
  });
});
