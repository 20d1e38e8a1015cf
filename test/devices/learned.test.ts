// Devices that nobody announced: what is proposed from what topics were seen to say, and what is not.
import { describe, expect, test } from 'vitest';
import { TopicContract } from '../../src/devices/contract/topic-contract.ts';
import { Proposals } from '../../src/devices/discovery/learned/proposals.ts';
import type { DeviceMapping } from '../../src/devices/index.ts';

interface Options {
  readonly looks?: number;
  readonly formatOf?: (topic: string) => string | undefined;
  readonly isSaidByDevice?: boolean;
}

/** Every topic says each of its values in turn. */
function proposed(topics: Readonly<Record<string, readonly unknown[]>>, options: Options = {}) {
  const contracts = new Map<string, TopicContract>();
  const found = new Map<string, DeviceMapping>();
  const proposals = new Proposals({
    contract: (topic) => contracts.get(topic)?.facts(),
    formatOf: options.formatOf ?? (() => undefined),
    isSaidByDevice: () => options.isSaidByDevice ?? true,
    propose: (key, mapping) => (mapping === null ? found.delete(key) : found.set(key, mapping)),
  });
  for (let turn = 0; turn < (options.looks ?? 3); turn++) {
    for (const [topic, values] of Object.entries(topics)) {
      const contract = contracts.get(topic) ?? new TopicContract(topic.split('/').at(-1) ?? '', turn);
      contracts.set(topic, contract);
      contract.hear({ at: turn, value: values[turn % values.length], messages: 1 });
      proposals.look(topic);
    }
  }
  return { found, proposals };
}

/** Ids with kind, unit and where they are read. */
function shortly(mapping: DeviceMapping | undefined): string[] {
  return (mapping?.properties ?? []).map(({ id, kind, unit = '', reports = [] }) => {
    const [report] = reports;
    return [id, kind, unit, report?.topic, report?.read].filter((part) => part).join(' ');
  });
}

describe('proposed', () => {
  test('an object with known fields', () => {
    const { found } = proposed({
      'home/kitchen/sensor': [{ temperature: 21.5, humidity: 40, 电量: 90, note: 'a' }],
    });
    expect(found.get('home/kitchen/sensor')?.name).toBe('kitchen sensor');
    expect(shortly(found.get('home/kitchen/sensor'))).toEqual([
      'temperature number °C home/kitchen/sensor payload.temperature',
      'humidity number % home/kitchen/sensor payload.humidity',
      'battery number % home/kitchen/sensor payload.`电量`',
      'note text home/kitchen/sensor payload.note',
    ]);
  });

  test('scalars under one level', () => {
    const { found } = proposed({
      'sensors/kitchen/temperature': [21.5, 22],
      'sensors/kitchen/humidity': [40],
      'sensors/bath/湿度': [60],
    });
    expect(shortly(found.get('sensors/kitchen'))).toEqual([
      'humidity number % sensors/kitchen/humidity',
      'temperature number °C sensors/kitchen/temperature',
    ]);
    expect(shortly(found.get('sensors/bath'))).toEqual(['humidity number % sensors/bath/湿度']);
  });

  test('a plug that says verbs before its name', () => {
    const { found } = proposed({
      'stat/desk/POWER': ['ON', 'OFF'],
      'tele/desk/SENSOR': [{ ENERGY: { Power: 12, Voltage: 230 } }],
      'tele/desk/LWT': ['Online'],
    });
    expect(shortly(found.get('desk'))).toEqual([
      'on boolean stat/desk/POWER',
      'power number W tele/desk/SENSOR payload.ENERGY.Power',
      'voltage number V tele/desk/SENSOR payload.ENERGY.Voltage',
    ]);
    expect(found.get('desk')?.availability?.reports).toMatchObject([{ topic: 'tele/desk/LWT' }]);
  });

  test('a whole device behind one level', () => {
    const { found } = proposed({
      'shellies/plug-1/relay/0': ['on', 'off'],
      'shellies/plug-1/relay/0/power': [3.5],
      'shellies/plug-1/online': [true],
      'shellies/plug-1/announce': [{ model: 'x', temperature: 1 }],
    });
    expect(shortly(found.get('shellies/plug-1'))).toEqual([
      'on boolean shellies/plug-1/relay/0',
      'power number W shellies/plug-1/relay/0/power',
    ]);
    expect(found.get('shellies/plug-1')?.availability).toBeDefined();
  });

  test('a unit only where the values fit it', () => {
    const { found } = proposed({ 'a/b': [{ temperature: 2150, battery: 250, voltage: 3010, humidity: 40 }] });
    expect(shortly(found.get('a/b'))).toEqual([
      'humidity number % a/b payload.humidity',
      'temperature_raw number a/b payload.temperature',
      'battery_raw number a/b payload.battery',
      'voltage_raw number a/b payload.voltage',
    ]);
  });

  test('one odd reading does not take the unit away', () => {
    const { found } = proposed({ 'a/b': [{ temperature: 21 }, { temperature: -127 }] });
    expect(shortly(found.get('a/b'))).toEqual(['temperature number °C a/b payload.temperature']);
  });

  test('never with a command', () => {
    const { found } = proposed({
      'home/lamp': [{ state: 'ON', battery: 5 }],
      'home/lamp/set': [{ state: 'ON' }],
    });
    expect([...found.keys()]).toEqual(['home/lamp']);
    for (const { command } of found.get('home/lamp')?.properties ?? []) expect(command).toBeUndefined();
  });
});

describe('not proposed', () => {
  test.each<[string, Readonly<Record<string, readonly unknown[]>>, Options]>([
    ['nothing known in it', { 'app/job': [{ id: 5, title: 'x' }] }, {}],
    ['one level', { temperature: [20] }, {}],
    ['a scalar right below the first level', { 'home/temperature': [20] }, {}],
    ['commands', { 'home/lamp/set': [{ temperature: 20 }], 'cmnd/x/POWER': ['ON'] }, {}],
    ['announcements', { 'homeassistant/sensor/x/config': [{ temperature: 1 }] }, {}],
    ['bridges', { 'zigbee2mqtt/bridge/state': [{ state: 'online', temperature: 1 }] }, {}],
    ['too little seen', { 'a/b': [{ temperature: 20 }] }, { looks: 2 }],
    ['what another format has', { 'a/b': [{ temperature: 20 }] }, { formatOf: () => 'home-assistant' }],
    ['what rules say', { 'a/b': [{ temperature: 20 }] }, { isSaidByDevice: false }],
    ['a switch word that is something else', { 'a/b': [{ state: 'idle' }] }, {}],
  ])('%s', (_name, topics, options) => {
    expect([...proposed(topics, options).found]).toEqual([]);
  });

  test('more than a person would look through', () => {
    const topics = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`a/${index}`, [{ temperature: 20 }]]),
    );
    const { found, proposals } = proposed(topics);
    expect(found.size).toBe(200);
    expect(proposals.counters()).toMatchObject({ devicesLearned: 200 });
    expect(proposals.counters()['devicesLearnedRefused']).toBeGreaterThanOrEqual(50);
  });
});
