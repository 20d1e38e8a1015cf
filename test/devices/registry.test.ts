// The registry behind an engine: what sources tell becomes devices, with values, commands and presence.
import { describe, expect, test } from 'vitest';
import type { DeviceMapping } from '../../src/devices/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 4, 1, 12);

const lamp: DeviceMapping = {
  name: 'Desk lamp',
  properties: [
    {
      id: 'on',
      name: 'On',
      kind: 'boolean',
      reports: [{ topic: 'lab/lamp', read: "payload.state = 'ON'" }],
      command: { topic: 'lab/lamp/set', write: "{ 'state': value ? 'ON' : 'OFF' }", group: 'main' },
    },
    {
      id: 'brightness',
      name: 'Brightness',
      kind: 'number',
      unit: '%',
      min: 0,
      max: 100,
      reports: [{ topic: 'lab/lamp', read: '$round(payload.brightness / 2.54)' }],
      command: { topic: 'lab/lamp/set', write: "{ 'brightness': $round(value * 2.54) }", group: 'main' },
    },
    {
      id: 'linkquality',
      name: 'Link',
      kind: 'number',
      reports: [{ topic: 'lab/lamp', read: 'payload.linkquality' }],
    },
  ],
  availability: { mode: 'latest', reports: [{ topic: 'lab/lamp/state', read: "payload = 'online'" }] },
};

function mapped(mapping: DeviceMapping = lamp, id = 'desk-lamp'): RuleWorld {
  const world = new RuleWorld({ time, formats: [] });
  map(world, id, mapping);
  return world;
}

function map(world: RuleWorld, id: string, document: DeviceMapping | null): void {
  const change = { change: 'map', id, document, version: 1 } as const;
  world.decide({ kind: 'command', at: world.clock.now(), command: { do: 'device', change }, by: 'ann' });
}

function set(world: RuleWorld, device: string, properties: Readonly<Record<string, unknown>>): void {
  const command = { do: 'set', device, properties } as const;
  world.decide({ kind: 'command', at: world.clock.now(), command, by: 'ann' });
}

describe('a device described by hand', () => {
  test('is there at once, with what its topics say already', () => {
    const world = new RuleWorld({ time, formats: [] });
    world.publish({ topic: 'lab/lamp', payload: { state: 'ON', brightness: 127 } });
    world.publish({ topic: 'lab/lamp/state', payload: 'online' });
    map(world, 'desk-lamp', lamp);
    expect(world.home.device('desk-lamp')).toEqual({
      id: 'desk-lamp',
      name: 'Desk lamp',
      online: true,
      seen: time,
      properties: { on: true, brightness: 50 },
    });
  });

  test('takes what its topics say from then on', () => {
    const world = mapped();
    world.advance(1000);
    world.publish({ topic: 'lab/lamp', payload: { state: 'OFF', linkquality: 12 }, by: 'zigbee' });
    world.advance(1000);
    world.publish({ topic: 'lab/lamp', payload: { state: 'OFF' }, by: 'zigbee' });
    const on = world.devices.roster.find('desk-lamp')?.states.get('on');
    expect(on).toMatchObject({ value: false, at: time + 2000, changedAt: time + 1000 });
    expect(on?.by).toEqual({ origin: 'client', id: 'zigbee' });
    expect(world.home.device('desk-lamp')?.properties).toEqual({ on: false, linkquality: 12 });
  });

  test('is commanded in one message where it can be', () => {
    const world = mapped();
    set(world, 'desk-lamp', { on: true, brightness: 50 });
    expect(world.published).toEqual([
      {
        at: world.clock.now(),
        topic: 'lab/lamp/set',
        payload: { state: 'ON', brightness: 127 },
        qos: 1,
        retain: false,
        isRepeated: false,
      },
    ]);
  });

  test('is commanded by rules', () => {
    const world = mapped();
    world.save('id: r\ntriggers: [{ message: go }]\nactions: [{ set: desk-lamp, properties: { on: true } }]');
    world.publish({ topic: 'go', payload: 1 });
    expect(world.published.map(({ topic, payload }) => [topic, payload])).toEqual([
      ['lab/lamp/set', { state: 'ON' }],
    ]);
  });

  test('is commanded by its room', () => {
    const world = mapped();
    map(world, 'other', { name: 'Other', properties: lamp.properties });
    for (const [id, room] of [
      ['desk-lamp', 'study'],
      ['other', 'hall'],
    ] as const) {
      const change = { change: 'edit', id, edit: { room } } as const;
      world.decide({ kind: 'command', at: time, command: { do: 'device', change }, by: 'ann' });
    }
    world.save(
      'id: r\ntriggers: [{ message: go }]\nactions: [{ set: { room: study }, properties: { on: false } }]',
    );
    world.publish({ topic: 'go', payload: 1 });
    expect(world.published).toMatchObject([{ topic: 'lab/lamp/set', payload: { state: 'OFF' } }]);
    expect(world.home.devices('room:hall').map(({ id }) => id)).toEqual(['other']);
  });

  test('has a command pending until it reports it, and says who commanded', () => {
    const world = mapped();
    set(world, 'desk-lamp', { brightness: 50 });
    const device = world.devices.roster.find('desk-lamp');
    expect(device?.pending.get('brightness')).toMatchObject({
      value: 50,
      at: time,
      by: { origin: 'api', id: 'ann' },
    });
    world.advance(300);
    world.publish({ topic: 'lab/lamp', payload: { brightness: 90 } });
    expect(device?.pending.has('brightness')).toBe(true);
    world.publish({ topic: 'lab/lamp', payload: { brightness: 126 } });
    expect(device?.pending.has('brightness')).toBe(false);
    expect(device?.states.get('brightness')).toMatchObject({ value: 50, by: { origin: 'api', id: 'ann' } });
  });

  test('has a command pending that somebody else published', () => {
    const world = mapped();
    world.publish({ topic: 'lab/lamp/set', payload: { state: 'ON', brightness: 254 }, by: 'phone' });
    const pending = world.devices.roster.find('desk-lamp')?.pending;
    expect(pending?.get('on')).toMatchObject({ value: true, by: { origin: 'client', id: 'phone' } });
    expect(pending?.get('brightness')?.value).toBe(100);
  });

  test('comes and goes, and rules hear of it', () => {
    const world = mapped();
    world.save(
      'id: r\ntriggers: [{ device: desk-lamp, to: offline }]\nactions: [{ publish: gone, payload: "{{ device }}" }]',
    );
    world.publish({ topic: 'lab/lamp/state', payload: 'online' });
    world.publish({ topic: 'lab/lamp/state', payload: 'offline' });
    world.publish({ topic: 'lab/lamp/state', payload: 'offline' });
    expect(world.published.map(({ topic, payload }) => [topic, payload])).toEqual([['gone', 'desk-lamp']]);
    const signals = world.inputs.filter(({ kind }) => kind === 'signal');
    expect(signals).toMatchObject([{ value: 'online' }, { value: 'offline' }]);
    world.advance(1000);
    world.publish({ topic: 'lab/lamp/state', payload: 'offline' });
    expect(world.devices.roster.find('desk-lamp')?.presenceAt).toBe(time);
  });

  test('is the same after a restart', () => {
    const world = mapped();
    world.publish({ topic: 'lab/lamp/state', payload: 'online' });
    world.publish({ topic: 'lab/lamp', payload: { state: 'ON', brightness: 127, linkquality: 9 } });
    world.advance(5000);
    world.publish({ topic: 'lab/lamp', payload: { state: 'ON', linkquality: 9 } });
    world.advance(5000);
    world.publish({ topic: 'lab/lamp', payload: { state: 'ON' } });
    const look = () => [world.home.devices(), [...(world.devices.roster.find('desk-lamp')?.states ?? [])]];
    const before = look();
    world.restart(60_000);
    expect(look()).toEqual(before);
  });

  test('is gone without its description, and back with it', () => {
    const world = mapped();
    map(world, 'desk-lamp', null);
    expect(world.home.devices()).toEqual([]);
    expect(world.home.commandsFor('desk-lamp', { properties: { on: true } })).toBeUndefined();
    map(world, 'desk-lamp', lamp);
    expect(world.home.devices().map(({ id }) => id)).toEqual(['desk-lamp']);
  });
});

describe('what cannot be', () => {
  const cases = [
    { wish: { brightness: 120 }, words: 'a number from 0 to 100 %, not 120' },
    { wish: { brightness: 'much' }, words: 'a number from 0 to 100 %, not "much"' },
    { wish: { on: 'perhaps' }, words: 'true or false, not "perhaps"' },
  ];
  test.each(cases)('$wish is refused in words', ({ wish, words }) => {
    const world = mapped();
    expect(() => world.home.commandsFor('desk-lamp', { properties: wish })).toThrow(words);
  });

  test('a property that is only reported, or is none', () => {
    const plan = mapped().home.commandsFor('desk-lamp', { properties: { linkquality: 3, colour: 1 } });
    expect(plan).toEqual({ commands: [], unsupported: ['linkquality', 'colour'] });
  });

  test('an expression that fails counts as an error of the device and disturbs nothing', () => {
    const [on] = lamp.properties;
    const broken = {
      ...lamp,
      properties: [{ ...on, reports: [{ topic: 'lab/lamp', read: '$sum(payload.x)' }] }],
    };
    const world = mapped(broken as DeviceMapping);
    world.save('id: r\ntriggers: [{ message: lab/lamp }]\nactions: [{ publish: heard, payload: 1 }]');
    world.publish({ topic: 'lab/lamp', payload: { x: 'a' } });
    expect(world.published.map(({ topic }) => topic)).toEqual(['heard']);
    expect(world.devices.roster.find('desk-lamp')?.errors).toMatchObject({
      count: 1,
      last: { property: 'on' },
    });
  });
});
