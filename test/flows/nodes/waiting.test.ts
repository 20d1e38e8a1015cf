// `wait until`, `rule event`, `flow in` and `device out` against a house that says what the test wants.
import { describe, expect, test } from 'vitest';
import type { TopicView } from '../../../src/api/contract.ts';
import { VirtualClock } from '../../../src/base/index.ts';
import { FakeEngine, lamp } from './fake-engine.ts';
import { atEnd, place } from './workbench.ts';

async function start(): Promise<FakeEngine> {
  const house = new FakeEngine();
  await house.start();
  atEnd(() => house.kill());
  return house;
}

function topic(name: string, payload: string, at = 1): TopicView {
  const view = {
    topic: name,
    payload,
    bytes: 1,
    at,
    changedAt: at,
    qos: 0,
    retain: false,
    retained: false,
  } as const;
  return { ...view, origin: 'client', by: 'c', messages: 1 };
}

describe('wait until', () => {
  const saved = {
    type: 'homerule-wait-until',
    device: 'lamp',
    property: 'on',
    value: 'true',
    valueType: 'bool',
  };

  test('lets a message go on when it is so already, and looks on only while one waits', async () => {
    const house = await start();
    house.devices.set('lamp', lamp(true));
    const bench = await place(saved, house.url);
    expect(await bench.input({ payload: 1 })).toBeUndefined();
    expect(await bench.next()).toMatchObject([0, { payload: 1, homerule: { device: 'lamp', value: true } }]);
    await house.until(() => house.subscriptions().length === 0);
  });

  test('keeps messages until it is so', async () => {
    const house = await start();
    house.devices.set('lamp', lamp(false));
    const bench = await place(saved, house.url);
    const ends = [bench.input({ payload: 1 }), bench.input({ payload: 2 })];
    await house.until(() => house.asked.length === 1);
    house.set(lamp(true, { at: 2000 }));
    expect(await Promise.all(ends)).toEqual([undefined, undefined]);
    expect(
      [await bench.next(), await bench.next()].map(([output, { payload }]) => [output, payload]),
    ).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });

  test('looks at a place in the payload of a topic', async () => {
    const house = await start();
    const wanted = {
      source: 'topic',
      topic: 'home/t',
      path: 'c',
      compare: 'gt',
      value: '25',
      valueType: 'num',
    };
    const bench = await place({ ...saved, ...wanted }, house.url);
    const ended = bench.input({ payload: 1 });
    await house.until(() => house.asked.length === 1);
    house.tell('topics', 'home/t', topic('home/t', '{"c":20}'));
    house.tell('topics', 'home/t', topic('home/t', '{"c":26}', 2));
    expect(await ended).toBeUndefined();
    expect(await bench.next()).toMatchObject([0, { homerule: { topic: 'home/t', value: 26 } }]);
  });

  test('gives up in time, through the second output', async () => {
    const house = await start();
    const clock = new VirtualClock(0);
    const bench = await place({ ...saved, timeout: '1m' }, house.url, { clock });
    const ended = bench.input({ payload: 1 });
    await bench.shown(({ text }) => text === 'connecting');
    await new Promise(setImmediate);
    clock.advance(60_000);
    expect(await ended).toBeUndefined();
    expect(await bench.next()).toMatchObject([1, { payload: 1 }]);
  });

  test('lets go of all that wait at reset', async () => {
    const house = await start();
    const bench = await place(saved, house.url);
    const ends = [bench.input({ payload: 1 }), bench.input({ reset: true })];
    expect(await Promise.all(ends)).toEqual([undefined, undefined]);
    expect(bench.waiting()).toBe(0);
  });
});

describe('rule event', () => {
  const run = { id: 'r1', rule: 'fan', status: 'finished', trigger: { verb: 'topic', depth: 2 } };

  test('tells how runs ended, with the run as cause and one deeper', async () => {
    const house = await start();
    const bench = await place({ type: 'homerule-rule-event', rule: 'fan', phases: ['finished'] }, house.url);
    await house.until(() => house.subscriptions().includes('runs fan'));
    expect(house.subscriptions()).toEqual(['runs fan']);
    house.tell('runs', 'fan', { ...run, status: 'failed' });
    house.tell('runs', 'fan', run);
    const homerule = { rule: 'fan', run: 'r1', status: 'finished', cause: 'r1', depth: 3 };
    expect(await bench.next()).toMatchObject([
      0,
      { topic: 'fan', event: 'finished', payload: run, homerule },
    ]);
    expect(bench.waiting()).toBe(0);
  });

  test('shows below it what the house had to drop', async () => {
    const house = await start();
    const bench = await place({ type: 'homerule-rule-event', rule: 'fan', phases: ['finished'] }, house.url);
    await house.until(() => house.subscriptions().includes('runs fan'));
    house.tell('runs', 'fan', run, 12);
    expect(await bench.next()).toMatchObject([0, { event: 'finished' }]);
    await bench.shown(({ text = '' }) => text.endsWith('(−12)'));
  });

  test('tells what happened to rules', async () => {
    const house = await start();
    const bench = await place({ type: 'homerule-rule-event', phases: ['disabled', 'deleted'] }, house.url);
    await house.until(() => house.subscriptions().includes('rules *'));
    house.tell('rules', '', { change: 'outcome', rule: { id: 'fan' } });
    house.tell('rules', '', { change: 'disabled', rule: { id: 'fan' } });
    house.tell('rules', '', { change: 'deleted', id: 'fan' });
    expect(await bench.next()).toMatchObject([0, { event: 'disabled', topic: 'fan' }]);
    expect(await bench.next()).toMatchObject([0, { event: 'deleted', topic: 'fan' }]);
  });
});

test('flow in hands over what a rule gives, with all that its answer needs', async () => {
  const house = await start();
  const bench = await place({ type: 'homerule-flow-in', flow: 'report' }, house.url);
  await house.until(() => house.subscriptions().includes('flows report'));
  const call = { call: 'c1', flow: 'report', wait: true, cause: 'r1', depth: 1, rule: 'daily', run: 'r1' };
  house.tell('flows', 'report', { ...call, data: { day: 1 } });
  expect(await bench.next()).toMatchObject([0, { topic: 'report', payload: { day: 1 }, homerule: call }]);
});

describe('device out', () => {
  const saved = {
    type: 'homerule-device-out',
    device: 'siesta',
    label: 'Siesta',
    properties: [
      { property: 'on', kind: 'boolean', commandable: true },
      { property: 'minutes', kind: 'number', commandable: true, unit: 'min', options: '5,90,5' },
    ],
  };
  const written = (house: FakeEngine): unknown[] => house.asks('POST').map(({ body }) => body);

  test('announces the device, tells its state and hears its commands', async () => {
    const house = await start();
    const bench = await place(saved, house.url);
    await house.until(() => house.asks('POST').length === 2);
    const [announcement, availability] = written(house);
    expect(announcement).toMatchObject({
      topic: 'homeassistant/device/homerule-flow-siesta/config',
      retain: true,
      payload: {
        components: {
          on: { platform: 'switch', command_topic: 'flows/siesta/set/on' },
          minutes: { platform: 'number', min: 5, max: 90, step: 5, unit_of_measurement: 'min' },
        },
      },
    });
    expect(availability).toMatchObject({
      topic: 'flows/siesta/availability',
      payload: 'online',
      retain: true,
    });
    expect(await bench.input({ payload: { on: true, minutes: 20 } })).toBeUndefined();
    expect(written(house).at(-1)).toEqual({
      ...{ topic: 'flows/siesta/state', qos: 1, retain: true },
      payload: { on: 'ON', minutes: 20 },
    });
    house.tell('topics', 'flows/siesta/set/+', topic('flows/siesta/set/on', 'OFF'));
    expect(await bench.next()).toMatchObject([0, { property: 'on', payload: false }]);
    await house.until(() => house.asks('POST').length === 4);
    expect(written(house).at(-1)).toMatchObject({ payload: { on: 'OFF', minutes: 20 } });
  });

  test('refuses what its properties cannot be', async () => {
    const house = await start();
    const bench = await place(saved, house.url);
    expect(await bench.input({ payload: 'maybe' })).toBe('on: expected true or false, got "maybe"');
    expect(await bench.input({ payload: { colour: 1 } })).toContain('has no property "colour"');
  });
});
