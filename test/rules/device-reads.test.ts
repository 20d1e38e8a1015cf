// Conditions that read devices are looked at when one of their devices changes, and at no other message.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { type DeviceChange, type DeviceMapping, mappingSchema } from '../../src/devices/index.ts';
import { compileExpression } from '../../src/expression/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 4, 1, 12);

/** Speaks on `x/ID`, and on `x/ID/up` of whether it is there. */
function mapping(id: string, more: object = {}): DeviceMapping {
  return mappingSchema.parse({
    name: id,
    properties: [
      { id: 'on', name: 'On', kind: 'boolean', reports: [{ topic: `x/${id}`, read: 'payload.on' }] },
      { id: 'level', name: 'Level', kind: 'number', reports: [{ topic: `x/${id}`, read: 'payload.level' }] },
    ],
    availability: { mode: 'latest', reports: [{ topic: `x/${id}/up`, read: 'payload' }] },
    ...more,
  });
}

function change(world: RuleWorld, wanted: DeviceChange): void {
  world.decide({
    kind: 'command',
    at: world.clock.now(),
    command: { do: 'device', change: wanted },
    by: 'ann',
  });
}

const map = (id: string, document: DeviceMapping | null): DeviceChange => ({
  ...{ change: 'map', version: 1 },
  id,
  document,
});

function houseOf(...ids: readonly string[]): RuleWorld {
  const world = new RuleWorld({ time, formats: [] });
  for (const id of ids) change(world, map(id, mapping(id)));
  return world;
}

type Step = DeviceChange | { readonly topic: string; readonly payload: unknown };

function take(world: RuleWorld, step: Step): void {
  if ('change' in step) change(world, step);
  else world.publish(step);
}

const said = (topic: string, payload: unknown): Step => ({ topic, payload });
const edit = (id: string, what: object): DeviceChange => ({ change: 'edit', id, edit: what });

/** Looks at the devices that each step leads to; `lamp` has the label `light` and the room `hall`. */
const looks: readonly (readonly [reads: string, steps: readonly (readonly [step: Step, looks: number])[]])[] =
  [
    [
      "$device('lamp').properties.on",
      [
        [said('x/lamp', { on: true }), 1],
        [said('x/lamp', { on: true }), 0],
        [said('x/lamp', { on: true, level: 3 }), 1],
        [said('x/lamp/up', true), 1],
        [said('x/lamp/up', true), 0],
        [said('x/other', { on: true }), 0],
        [said('elsewhere', 1), 0],
        [edit('lamp', { name: 'Lamp 1' }), 1],
        [edit('lamp', { name: 'Lamp 1' }), 0],
        [edit('lamp', { note: 'by the door' }), 0],
        [edit('lamp', { labels: [] }), 1],
        [edit('other', { room: 'hall' }), 0],
        [{ change: 'rename', id: 'other', to: 'another' }, 0],
        [{ change: 'rename', id: 'lamp', to: 'lamp-2' }, 1],
        [said('x/lamp', { on: false }), 0],
        [{ change: 'rename', id: 'lamp-2', to: 'lamp' }, 1],
        [{ change: 'forget', id: 'lamp' }, 1],
      ],
    ],
    [
      "$device('new').properties.on",
      [
        [said('x/new', { on: true }), 0],
        [map('other', null), 0],
        [map('new', mapping('new')), 1],
        [map('new', mapping('new')), 0],
        [said('x/new', { on: false }), 1],
        [map('new', null), 1],
      ],
    ],
    [
      "$count($devices('light')[properties.on])",
      [
        [said('x/lamp', { on: true }), 1],
        [said('x/other', { on: true }), 0],
        [edit('other', { labels: ['light'] }), 1],
        [said('x/other', { on: false }), 1],
        [edit('other', { labels: ['heater'] }), 1],
        [said('x/other', { on: true }), 0],
        [map('other', null), 0],
        [map('lamp', null), 1],
      ],
    ],
    [
      "$devices('room:hall')",
      [
        [said('x/lamp', { on: true }), 1],
        [edit('lamp', { room: 'attic' }), 1],
        [said('x/lamp', { on: false }), 0],
        [map('other', mapping('other', { room: 'hall' })), 1],
        [edit('other', { room: 'attic' }), 1],
      ],
    ],
    [
      '$count($devices()[online]) > 1',
      [
        [said('x/lamp', { on: true }), 1],
        [said('x/other/up', true), 1],
        [said('x/other/up', true), 0],
        [said('elsewhere', 1), 0],
        [map('new', mapping('new')), 1],
      ],
    ],
    [
      "$device('lamp').seen > 5",
      [
        [said('x/lamp', { on: true }), 1],
        [said('x/lamp', { on: true }), 1],
        [said('x/other', { on: true }), 0],
      ],
    ],
    [
      "$state('elsewhere') = 1 and $device('lamp').online",
      [
        [said('elsewhere', 1), 1],
        [said('x/lamp/up', true), 1],
        [said('nowhere', 1), 0],
      ],
    ],
  ];

function labelled(): RuleWorld {
  const world = houseOf('lamp', 'other');
  change(world, edit('lamp', { labels: ['light'], room: 'hall' }));
  return world;
}

/** How often the devices were asked for, at most once in a look. */
function counting(world: RuleWorld): () => number {
  const spies = [vi.spyOn(world.home, 'device'), vi.spyOn(world.home, 'devices')];
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

describe('a trigger `becomes`', () => {
  test.each(looks)('that reads %s is looked at as often as that may have changed', (reads, steps) => {
    const world = labelled();
    world.publish({ topic: 'elsewhere', payload: 1 });
    world.save(stringify({ id: 'r', triggers: [{ becomes: reads }], actions: [{ log: 'x' }] }));
    const count = counting(world);
    for (const [step, wanted] of steps) {
      const before = count();
      take(world, step);
      expect([step, count() - before]).toEqual([step, wanted]);
    }
  });
});

describe('a wait', () => {
  test('is looked at when its device changes, by whomever', () => {
    const world = labelled();
    const wait = { wait: "$device('lamp').room = 'attic'" };
    world.save(stringify({ id: 'r', triggers: [{ message: 'go' }], actions: [wait, { log: 'moved' }] }));
    world.publish({ topic: 'go', payload: 1 });
    const count = counting(world);
    for (const payload of [1, 2, 3]) world.publish({ topic: 'elsewhere', payload });
    expect(count()).toBe(0);
    change(world, edit('lamp', { room: 'attic' }));
    expect(count()).toBe(1);
    expect(world.logged).toEqual(['r: moved']);
  });
});

describe('a computed time', () => {
  test('is computed anew when its device changes', () => {
    const world = labelled();
    const at = "{{ $device('lamp').properties.level }}";
    world.save(stringify({ id: 'r', triggers: [{ at }], actions: [{ log: 'now' }] }));
    const count = counting(world);
    world.publish({ topic: 'elsewhere', payload: 1 });
    expect(count()).toBe(0);
    world.publish({ topic: 'x/lamp', payload: { level: time + 60_000 } });
    expect(count()).toBe(1);
    world.advance(60_000);
    expect(world.logged).toEqual(['r: now']);
  });
});

const ids = ['lamp', 'other', 'new'] as const;
const sources = [
  ...ids.map((id) => `$device('${id}').properties.on`),
  "$device('lamp').properties.level > 2",
  "$device('lamp').online and $device('other').online",
  "$device('lamp').name = 'other'",
  "$device('lamp').room = 'hall'",
  `$device('lamp').seen > ${time + 3000}`,
  "$count($devices('light')[properties.on]) = 1",
  "$devices('room:hall')[online].id = 'lamp'",
  '$count($devices()[properties.level > 1]) > 1',
  "$states('x/#')[value.on].topic and $device('other').properties.level = 1",
  "$device($state('which')).properties.on",
  "$count($devices($state('label'))) = 1",
] as const;

const id = fc.constantFrom(...ids);
const room = fc.constantFrom('hall', 'attic', null);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(id, fc.record({ on: fc.boolean(), level: fc.nat(3) }, { requiredKeys: [] }))
      .map(([one, payload]) => said(`x/${one}`, payload)),
  },
  { weight: 2, arbitrary: fc.tuple(id, fc.boolean()).map(([one, is]) => said(`x/${one}/up`, is)) },
  fc.constantFrom(said('which', 'lamp'), said('which', 'other'), said('label', 'light'), said('label', 'x')),
  fc
    .tuple(id, fc.record({ name: id, room, labels: fc.subarray(['light', 'x']) }, { requiredKeys: [] }))
    .map(([one, what]) => edit(one, what)),
  fc.tuple(id, fc.constantFrom({ room: 'hall' }, {})).map(([one, more]) => map(one, mapping(one, more))),
  id.map((one) => map(one, null)),
  id.map((one): Step => ({ change: 'forget', id: one })),
  fc
    .tuple(id, fc.constantFrom('spare', ...ids))
    .map(([one, to]): Step => ({ change: 'rename', id: one, to })),
  fc.tuple(id, id).map(([one, other]): Step => ({ change: 'replace', id: one, with: other })),
);

/** As nobody has to look for it. */
function truths(world: RuleWorld): readonly (boolean | undefined)[] {
  return sources.map((source) => {
    const { expression } = compileExpression(source, { names: [] });
    const { home } = world;
    try {
      const value = expression?.evaluate({
        values: [],
        read: () => undefined,
        at: world.clock.now(),
        home,
        seed: 0,
      });
      return value !== undefined && value !== null && value !== false;
    } catch {
      return undefined;
    }
  });
}

/** What cannot be told leaves a condition as it was. */
const followed = (was: readonly (boolean | undefined)[], is: typeof was) => is.map((one, n) => one ?? was[n]);

/** A device has one id, and one that stands for another is another. */
const isPossible = (world: RuleWorld, one: Step): boolean => {
  if (!('change' in one)) return true;
  if (one.change === 'rename') return world.devices.roster.find(one.to) === undefined;
  return one.change !== 'replace' || one.id !== one.with;
};

describe('properties', () => {
  test('no turn of a condition is missed, whatever changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const world = houseOf('lamp', 'other');
        for (const [index, becomes] of sources.entries())
          world.save(stringify({ id: `r${index}`, triggers: [{ becomes }], actions: [{ log: 'true' }] }));
        let was = followed([], truths(world));
        for (const one of steps) {
          if (!isPossible(world, one)) continue;
          world.advance(500);
          world.logged.length = 0;
          take(world, one);
          const is = followed(was, truths(world));
          const wanted = sources.flatMap((_, n) =>
            is[n] === true && was[n] === false ? [`r${n}: true`] : [],
          );
          expect([one, new Set(world.logged)]).toEqual([one, new Set(wanted)]);
          was = is;
        }
      }),
      { numRuns: 60 },
    );
  });
});
