// The nodes with an input, in a real Node-RED runtime: what each of their options asks of the house and sends on.
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/base/index.ts';
import { type Asked, FakeEngine, lamp } from './fake-engine.ts';
import { atEnd, type Bench, type PlaceOptions, place } from './workbench.ts';

interface Stage {
  readonly house: FakeEngine;
  readonly bench: Bench;
}

const fence = { type: 'homerule-device-in', target: 'fence', property: 'on', onConnect: true };

/** Resolves when the node's connection stands: a second node on it has heard of its device. */
async function stage(saved: Case['saved'], options: PlaceOptions = {}): Promise<Stage> {
  const house = new FakeEngine();
  house.devices.set('fence', lamp(true, { id: 'fence' }));
  await house.start();
  atEnd(() => house.kill());
  const bench = await place({ ...saved, type: `homerule-${saved.type}` }, house.url, { fence, ...options });
  await bench.fenced();
  return { house, bench };
}

function said({ method, path, body }: Asked): string {
  return `${method} ${path} ${JSON.stringify(body)}`;
}

const run = {
  id: 'r1',
  rule: 'fan',
  version: 1,
  at: 1,
  steps: [],
  trigger: { verb: 'run', index: 0, at: 1, seq: 1 },
};

interface Case {
  readonly name: string;
  readonly saved: { readonly type: string } & Readonly<Record<string, unknown>>;
  readonly msg?: Readonly<Record<string, unknown>>;
  /** Answers of the house, by `METHOD /path`. */
  readonly answers?: Readonly<Record<string, { readonly status?: number; readonly body?: unknown }>>;
  /** What was written, as `METHOD /path BODY`. */
  readonly asked?: readonly string[];
  /** `OUTPUT:` and what the message holds. */
  readonly sent?: readonly [number, object];
  readonly error?: string;
}

const lampOn = lamp(true, { room: 'Hall' });
const devices = { 'GET /devices/lamp': { body: lampOn } };

const cases: readonly Case[] = [
  {
    name: 'device get: one property, with what is known of it',
    saved: { type: 'device-get', device: 'lamp', property: 'on' },
    answers: devices,
    sent: [0, { payload: true, homerule: { device: 'lamp', room: 'Hall', property: 'on', changedAt: 1000 } }],
  },
  {
    name: 'device get: all properties, into a place of the message, of the device that the topic names',
    saved: { type: 'device-get', device: '', output: 'state.lamp' },
    msg: { topic: 'lamp', payload: 'kept' },
    answers: devices,
    sent: [0, { payload: 'kept', state: { lamp: { on: true } } }],
  },
  {
    name: 'device get: a property that is not there',
    saved: { type: 'device-get', device: 'lamp', property: 'color' },
    answers: devices,
    error: '"lamp" has no property "color"',
  },
  {
    name: 'device get: a device that is not there',
    saved: { type: 'device-get', device: 'lump' },
    error: 'there is nothing at /devices/lump',
  },
  {
    name: 'device set: the payload',
    saved: { type: 'device-set', target: 'lamp' },
    msg: { payload: { on: true, brightness: 40 } },
    asked: ['POST /devices/lamp/set {"properties":{"on":true,"brightness":40}}'],
    sent: [0, { payload: { on: true, brightness: 40 }, homerule: { set: ['lamp'] } }],
  },
  {
    name: 'device set: properties of the node, several devices, a transition',
    saved: {
      type: 'device-set',
      target: 'lamp, spot',
      transition: '2s',
      properties: [
        { property: 'on', value: 'true', valueType: 'bool' },
        { property: 'brightness', value: 'payload * 2', valueType: 'jsonata' },
      ],
    },
    msg: { payload: 21 },
    asked: ['lamp', 'spot'].map(
      (id) => `POST /devices/${id}/set {"properties":{"on":true,"brightness":42},"transition":"2s"}`,
    ),
    sent: [0, { homerule: { set: ['lamp', 'spot'] } }],
  },
  {
    name: 'device set: devices of a room that take the property',
    saved: { type: 'device-set', by: 'room', target: 'Hall' },
    msg: { payload: { on: false } },
    answers: {
      'GET /devices': { body: { items: [lampOn, lamp(20, { id: 'sensor', property: 'temperature' })] } },
    },
    asked: ['POST /devices/lamp/set {"properties":{"on":false}}'],
    sent: [0, { homerule: { set: ['lamp'] } }],
  },
  {
    name: 'device set: what the house refuses, others are still told',
    saved: { type: 'device-set', target: 'lamp,spot' },
    msg: { payload: { on: 7 } },
    answers: {
      'POST /devices/lamp/set': { status: 400, body: { code: 'bad-value', detail: 'on: expected true' } },
    },
    asked: ['lamp', 'spot'].map((id) => `POST /devices/${id}/set {"properties":{"on":7}}`),
    error: 'lamp: on: expected true',
  },
  {
    name: 'device set: a payload that names no properties',
    saved: { type: 'device-set', target: 'lamp' },
    msg: { payload: true },
    asked: [],
    error: 'no properties are set here, so the payload has to be an object such as { "on": true }',
  },
  {
    name: 'rule run: a run that has ended',
    saved: { type: 'rule-run', rule: 'fan' },
    msg: { payload: { speed: 3 } },
    answers: { 'POST /rules/fan/run': { body: { ...run, status: 'finished' } } },
    asked: ['POST /rules/fan/run {"payload":{"speed":3},"skipConditions":false}'],
    sent: [0, { payload: { id: 'r1' }, homerule: { rule: 'fan', run: 'r1', status: 'finished' } }],
  },
  {
    name: 'rule run: conditions that are not met',
    saved: { type: 'rule-run', rule: 'fan', skipConditions: true },
    answers: { 'POST /rules/fan/run': { body: { ...run, status: 'conditions-failed' } } },
    asked: ['POST /rules/fan/run {"skipConditions":true}'],
    sent: [1, { homerule: { status: 'conditions-failed' } }],
  },
  {
    name: 'rule run: without waiting',
    saved: { type: 'rule-run', rule: 'topic', ruleType: 'msg', wait: false },
    msg: { topic: 'fan' },
    answers: { 'POST /rules/fan/run': { body: { ...run, status: 'waiting' } } },
    sent: [0, { homerule: { status: 'waiting' } }],
  },
  {
    name: 'rule run: switches off',
    saved: { type: 'rule-run', rule: 'fan', action: 'disable' },
    answers: { 'POST /rules/fan/disable': { body: { id: 'fan', enabled: false } } },
    asked: ['POST /rules/fan/disable {}'],
    sent: [0, { homerule: { rule: 'fan', status: 'disabled' } }],
  },
  {
    name: 'flow answer: a value',
    saved: { type: 'flow-answer' },
    msg: { payload: 5, homerule: { call: 'c1' } },
    asked: ['POST /flows/calls/c1 {"ok":true,"value":5}'],
  },
  {
    name: 'flow answer: an error',
    saved: { type: 'flow-answer', outcome: 'error', value: 'too cold', valueType: 'str' },
    msg: { homerule: { call: 'c1' } },
    asked: ['POST /flows/calls/c1 {"ok":false,"code":"flow-failed","message":"too cold"}'],
  },
  {
    name: 'flow answer: nobody waits',
    saved: { type: 'flow-answer' },
    msg: { payload: 5, homerule: { call: 'c1', wait: false } },
    asked: [],
  },
  {
    name: 'flow answer: no call',
    saved: { type: 'flow-answer' },
    error: 'this message does not come from a flow in: msg.homerule.call is missing',
  },
  {
    name: 'event out',
    saved: { type: 'event-out', event: 'party', data: 'payload', dataType: 'msg' },
    msg: { payload: { guests: 5 } },
    asked: ['POST /events/party {"data":{"guests":5}}'],
    sent: [0, { payload: { guests: 5 } }],
  },
  {
    name: 'history get',
    saved: { type: 'history-get', topic: 'home/t', path: 'c', from: '-2h', points: 5 },
    answers: { 'GET /history': { body: { topic: 'home/t', points: [{ at: 1, count: 1 }], widthMs: 0 } } },
    sent: [0, { payload: [{ at: 1, count: 1 }], homerule: { history: { topic: 'home/t', widthMs: 0 } } }],
  },
  {
    name: 'notify',
    saved: { type: 'notify', channels: 'phone，family', title: 'Water', data: '{"priority":5}' },
    msg: { payload: 'The cellar is wet' },
    answers: { 'POST /notifications': { status: 204 } },
    asked: [
      'POST /notifications {"channels":["phone","family"],"message":"The cellar is wet","title":"Water","data":{"priority":5}}',
    ],
    sent: [0, { payload: 'The cellar is wet' }],
  },
  {
    name: 'notify: nothing to say',
    saved: { type: 'notify', channels: 'phone' },
    msg: { payload: '' },
    asked: [],
    error: 'message: expected text, got ""',
  },
];

describe('nodes with an input', () => {
  test.each(cases)('$name', async ({ saved, msg = {}, answers = {}, asked, sent, error }) => {
    const { house, bench } = await stage(saved);
    for (const [ask, answer] of Object.entries(answers)) house.answers.set(ask, () => answer);
    expect(await bench.input({ ...msg })).toBe(error);
    if (asked !== undefined) expect(house.asks('POST').map(said)).toEqual(asked);
    if (sent === undefined) expect(bench.waiting()).toBe(0);
    else expect(await bench.next()).toMatchObject(sent);
  });

  test.each([
    [{}, { cause: 'lamp-run', depth: 2 }],
    [
      { cause: 'own', depth: 2 },
      { cause: 'own', depth: 2 },
    ],
    [
      { cause: 'own', depth: 1 },
      { cause: 'lamp-run', depth: 2 },
    ],
    [
      { cause: 'own', depth: 7 },
      { cause: 'own', depth: 7 },
    ],
  ])('device get of a message led by %o leaves it led by %o', async (own, led) => {
    const { house, bench } = await stage({ type: 'device-get', device: 'lamp', property: 'on' });
    const [on] = lampOn.properties;
    const by = { origin: 'rule', id: 'fan', cause: 'lamp-run', depth: 2 };
    house.devices.set('lamp', { ...lampOn, properties: on === undefined ? [] : [{ ...on, by }] });
    await bench.input({ homerule: { call: 'c1', ...own } });
    expect(await bench.next()).toMatchObject([0, { homerule: { call: 'c1', ...led } }]);
  });

  test('what led to a message goes back to the house with what the message leads to', async () => {
    const { house, bench } = await stage({ type: 'event-out', event: 'party' });
    await bench.input({ homerule: { cause: 'run-7', depth: 3 } });
    expect(house.asks('POST')[0]?.headers).toMatchObject({
      'x-homerule-cause': 'run-7',
      'x-homerule-depth': '3',
      'x-homerule-node': 'n1',
    });
  });

  test.each([
    ['none', ['the house cannot be reached now', 'the house cannot be reached now'], []],
    ['last', ['not sent to the house: later messages took its place', undefined], [2]],
    ['all', [undefined, undefined], [1, 2]],
  ])('device set while offline: %s', async (kept, errors, told) => {
    const { house, bench } = await stage({ type: 'device-set', target: 'lamp', queue: kept });
    await bench.shown(({ fill }) => fill === 'green');
    await house.kill();
    await bench.shown(({ fill }) => fill === 'yellow');
    const ends = [1, 2].map((level) => bench.input({ payload: { level } }));
    if (kept === 'none') expect(await Promise.all(ends)).toEqual(errors);
    await house.start();
    expect(await Promise.all(ends)).toEqual(errors);
    expect(house.asks('POST').map(({ body }) => body)).toEqual(
      told.map((level) => ({ properties: { level } })),
    );
  });

  test('device get: no answer in time leaves through the second output', async () => {
    const clock = new VirtualClock(0);
    const { house, bench } = await stage({ type: 'device-get', device: 'lamp', timeout: '3s' }, { clock });
    house.answers.set('GET /devices/lamp', () => new Promise(() => undefined));
    const ended = bench.input({ payload: 'kept' });
    await house.until(() => true);
    while (!house.asked.some(({ path }) => path === '/devices/lamp')) await new Promise(setImmediate);
    clock.advance(3000);
    expect(await ended).toBeUndefined();
    expect(await bench.next()).toMatchObject([1, { payload: 'kept' }]);
  });

  test('rule run waits for the end, and asks again after a lost connection', async () => {
    const { house, bench } = await stage({ type: 'rule-run', rule: 'fan' });
    house.answers.set('POST /rules/fan/run', () => ({ body: { ...run, status: 'waiting' } }));
    const ended = bench.input({});
    while (!house.asked.some(({ path }) => path === '/rules/fan/run')) await new Promise(setImmediate);
    expect(house.subscriptions()).toContain('runs fan');
    await house.kill();
    house.answers.set('GET /runs/r1', () => ({ body: { ...run, status: 'failed', reason: 'lamp' } }));
    await house.start();
    expect(await ended).toBeUndefined();
    expect(await bench.next()).toMatchObject([1, { payload: { reason: 'lamp' } }]);
  });

  test('a node that is set wrongly says what, and asks nothing', async () => {
    const house = new FakeEngine();
    await house.start();
    atEnd(() => house.kill());
    const bench = await place({ type: 'homerule-device-in', target: '', for: 'soon' }, house.url);
    const { text } = await bench.shown(({ fill }) => fill === 'red');
    expect(text).toContain('target has to be filled in; for is no duration');
    expect(house.connections).toBe(0);
  });
});
