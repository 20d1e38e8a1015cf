// Whose a device's report is: of whoever commanded what it says in the last five seconds, else of the device, or of a
// hand at it. So that a rule can tell a manual override from its own doing.
import { describe, expect, test } from 'vitest';
import type { DeviceMapping } from '../../src/devices/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const start = Date.UTC(2026, 4, 1, 12);

const lamp: DeviceMapping = {
  name: 'Lamp',
  properties: [
    {
      id: 'on',
      name: 'On',
      kind: 'boolean',
      reports: [{ topic: 'lamp', read: 'payload.on' }],
      command: { topic: 'lamp/set', write: "{ 'on': value }", group: 'main' },
    },
    {
      id: 'brightness',
      name: 'Brightness',
      kind: 'number',
      min: 0,
      max: 100,
      reports: [{ topic: 'lamp', read: 'payload.brightness' }],
      command: { topic: 'lamp/set', write: "{ 'brightness': value }", group: 'main' },
    },
  ],
};

const rules = [
  'id: light\ntriggers: [{ message: motion }]\nactions: [{ set: lamp, properties: { on: true } }]',
  'id: fade\ntriggers: [{ message: fade }]\nactions: [{ set: lamp, properties: { brightness: 80 }, transition: 10s }]',
  'id: hand\ntriggers: [{ change: lamp, origin: client }]\nactions: [{ log: "{{ origin & \' \' & client }}" }]',
  "id: own\ntriggers: [{ message: lamp, origin: rule }]\nactions: [{ log: \"{{ origin & ' ' & $last('lamp').by.id }}\" }]",
];

function house(): RuleWorld {
  const world = new RuleWorld({ time: start, formats: [] });
  const change = { change: 'map', id: 'lamp', document: lamp, version: 1 } as const;
  world.decide({ kind: 'command', at: start, command: { do: 'device', change }, by: 'ann' });
  for (const rule of rules) world.save(rule);
  return world;
}

function report(world: RuleWorld, payload: object): void {
  world.publish({ topic: 'lamp', payload, by: 'bulb' });
}

const lastOf = (world: RuleWorld): unknown => world.home.last('lamp')?.by;

describe('a report', () => {
  test('that agrees with what a rule commanded is that rule, each time within five seconds', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    world.advance(800);
    report(world, { on: true });
    world.advance(800);
    report(world, { on: true, brightness: 40 });
    expect(world.logged).toEqual(['own: rule light', 'own: rule light']);
    expect(lastOf(world)).toEqual({ origin: 'rule', id: 'light' });
    world.advance(3401);
    report(world, { on: true, brightness: 50 });
    expect(world.logged).toEqual(['own: rule light', 'own: rule light', 'hand: client bulb']);
    expect(lastOf(world)).toEqual({ origin: 'client', id: 'bulb' });
  });

  test('that says something else is a hand at the device', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    world.advance(1000);
    report(world, { on: false });
    expect(world.logged).toEqual(['hand: client bulb']);
  });

  test('after five seconds is a hand at the device; with a transition it has that much longer', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    world.advance(5001);
    report(world, { on: true });
    world.publish({ topic: 'fade', payload: 1 });
    world.advance(14_000);
    report(world, { on: true, brightness: 80 });
    expect(world.logged).toEqual(['hand: client bulb', 'own: rule fade']);
  });

  test('that agrees with what a person or a client sent is theirs', () => {
    const world = house();
    const command = { do: 'set', device: 'lamp', properties: { on: true } } as const;
    world.decide({ kind: 'command', at: world.clock.now(), command, by: 'ann' });
    report(world, { on: true });
    expect(lastOf(world)).toEqual({ origin: 'api', id: 'ann' });
    world.publish({ topic: 'lamp/set', payload: { on: false }, by: 'phone' });
    report(world, { on: false });
    expect(lastOf(world)).toEqual({ origin: 'client', id: 'phone' });
    expect(world.logged).toEqual(['hand: client phone']);
  });

  test('counts for the latest command only', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    world.publish({ topic: 'lamp/set', payload: { on: false }, by: 'phone' });
    report(world, { on: true });
    report(world, { on: false });
    expect(world.logged).toEqual(['hand: client bulb', 'hand: client phone']);
  });

  test('of a rule that publishes it itself is not that of a command', () => {
    const world = house();
    world.publish({ topic: 'lamp/set', payload: { on: true }, by: 'phone' });
    world.publish({ topic: 'lamp', payload: { on: true }, origin: 'flow', by: 'red' });
    expect(lastOf(world)).toEqual({ origin: 'flow', id: 'red' });
  });

  test('is kept as whose it is, and the journal has it as it came', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    report(world, { on: true });
    expect(world.inputs.at(-1)).toMatchObject({ topic: 'lamp', origin: 'client', by: 'bulb' });
    world.restart(1000);
    expect(lastOf(world)).toEqual({ origin: 'rule', id: 'light' });
  });

  test('answers a command from before a restart, and one that was answered is not pending again', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    world.restart(2000);
    expect([...(world.devices.roster.find('lamp')?.pending.keys() ?? [])]).toEqual(['on']);
    report(world, { on: true });
    expect(lastOf(world)).toEqual({ origin: 'rule', id: 'light' });
    world.restart(1000);
    expect(world.devices.roster.find('lamp')?.pending.size).toBe(0);
    report(world, { on: true, brightness: 4 });
    expect(lastOf(world)).toEqual({ origin: 'rule', id: 'light' });
    world.restart(2500);
    report(world, { on: true, brightness: 5 });
    expect(lastOf(world)).toEqual({ origin: 'client', id: 'bulb' });
  });

  test('is whose it was when the same inputs are decided again', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    world.advance(1000);
    report(world, { on: true });
    world.advance(9000);
    report(world, { on: false });
    const again = new RuleWorld({ time: start, formats: [], library: world.library, isStill: true });
    const outside = world.inputs.filter((input) => !('origin' in input) || input.origin !== 'rule');
    for (const { seq: _seq, ...input } of outside) if (input.kind !== 'startup') again.decide(input);
    expect(again.logged).toEqual(world.logged);
    expect(lastOf(again)).toEqual(lastOf(world));
  });
});

describe('how much led to a value', () => {
  const by = (world: RuleWorld): unknown => world.devices.roster.find('lamp')?.states.get('on')?.by;

  test('is known of what is said in the place of a device, so that a flow that hears it can be told', () => {
    const world = house();
    world.save('id: say\ntriggers: [{ message: p }]\nactions: [{ publish: lamp, payload: { on: true } }]');
    world.publish({ topic: 'p', payload: 1 });
    expect(by(world)).toMatchObject({ origin: 'rule', id: 'say', depth: 1 });
  });

  test('begins anew with what a device says itself', () => {
    const world = house();
    world.publish({ topic: 'motion', payload: 1 });
    report(world, { on: true });
    expect(by(world)).toEqual({ origin: 'rule', id: 'light', cause: expect.any(String) });
  });
});
