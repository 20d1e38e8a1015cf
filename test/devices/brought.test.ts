// Devices that plugins bring: from one input each, and no longer than the source tells of them.
import { describe, expect, test } from 'vitest';
import { type BroughtDevice, broughtSchema, type DeviceMapping } from '../../src/devices/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 4, 1, 12);

function lampOn(topic: string, name = 'Lamp'): DeviceMapping {
  const on = { id: 'on', name: 'On', kind: 'boolean', reports: [{ topic, read: "payload = 'ON'" }] } as const;
  return { name, properties: [{ ...on, command: { topic: `${topic}/set`, write: "value ? 'ON' : 'OFF'" } }] };
}

function bring(world: RuleWorld, from: string, devices: readonly BroughtDevice[]): void {
  const [by = ''] = from.split('/');
  const change = { change: 'bring', by, source: from, devices } as const;
  world.decide({ kind: 'command', at: world.clock.now(), command: { do: 'device', change }, by: 'plugin' });
}

const named = (world: RuleWorld): string[] => world.home.devices().map(({ id, name }) => `${id} ${name}`);

describe('devices of a source', () => {
  test('know what was said before, take commands, and go with it', () => {
    const world = new RuleWorld({ time, formats: [] });
    world.publish({ topic: 'gate/1', payload: 'ON' });
    bring(world, 'gate/all', [{ id: 'lamp', ...lampOn('gate/1') }]);
    expect(world.home.device('lamp')).toMatchObject({ properties: { on: true } });
    expect(world.home.commandsFor('lamp', { properties: { on: false } })?.commands).toMatchObject([
      { topic: 'gate/1/set', payload: 'OFF' },
    ]);
    bring(world, 'gate/all', []);
    expect(world.home.devices()).toEqual([]);
    bring(world, 'gate/all', [{ id: 'lamp', ...lampOn('gate/1') }]);
    expect(world.home.device('lamp')).toMatchObject({ id: 'lamp', properties: { on: true } });
  });

  test('are told as a whole: what is missing is gone', () => {
    const world = new RuleWorld({ time, formats: [] });
    bring(world, 'gate/a', [
      { id: 'one', ...lampOn('gate/1', 'One') },
      { id: 'two', ...lampOn('gate/2', 'Two') },
    ]);
    bring(world, 'gate/b', [{ id: 'three', ...lampOn('gate/3', 'Three') }]);
    bring(world, 'gate/a', [{ id: 'two', ...lampOn('gate/2', 'Second') }]);
    expect(named(world)).toEqual(['three Three', 'two Second']);
  });

  test('of two plugins are two, also with the same id', () => {
    const world = new RuleWorld({ time, formats: [] });
    bring(world, 'gate/a', [{ id: 'lamp', ...lampOn('gate/1') }]);
    bring(world, 'door/a', [{ id: 'lamp', ...lampOn('door/1', 'Other') }]);
    expect(named(world)).toEqual(['lamp Lamp', 'lamp-2 Other']);
  });

  test('give way to a description by hand', () => {
    const world = new RuleWorld({ time, formats: [] });
    bring(world, 'gate/a', [{ id: 'lamp', ...lampOn('gate/1') }]);
    const change = { change: 'map', id: 'mine', document: lampOn('gate/1', 'Mine'), version: 1 } as const;
    world.decide({ kind: 'command', at: time, command: { do: 'device', change }, by: 'ann' });
    expect(named(world)).toEqual(['mine Mine']);
  });
});

test.each([
  [[{ id: 'a b', ...lampOn('x') }], /letters, digits and -/],
  [[{ id: 'a', name: 'A', properties: [] }], /properties/],
  [[{ id: 'a', ...lampOn('x/#') }], /without wildcards/],
  [
    [
      { id: 'a', ...lampOn('x') },
      { id: 'a', ...lampOn('y') },
    ],
    /each id once/,
  ],
])('%# is refused with words', (devices, words) => {
  expect(JSON.stringify(broughtSchema.safeParse(devices).error?.issues)).toMatch(words);
});
