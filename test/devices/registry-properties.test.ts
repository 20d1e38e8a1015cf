// Whatever comes in whatever order: the same devices. And a restart changes none of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiscoveryFormat, discoveryFormats } from '../../src/devices/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 4, 1, 12);
const formats = discoveryFormats({
  learn: false,
  homie: 'homie',
  homeAssistant: { prefix: 'homeassistant' },
});

/** One device whose values come from two topics, beside an event. */
const twins: DiscoveryFormat = {
  name: 'twins',
  rank: 5,
  filters: ['twins'],
  sourceOf: (topic) => topic,
  describe: () => {
    const reports = ['twin/a', 'twin/b'].map((topic) => ({ topic, read: 'payload.v' }));
    const pressed = [{ topic: 'twin/a', read: 'payload.e' }];
    const properties = [
      { id: 'v', name: 'v', kind: 'number', reports, command: { topic: 'twin/set' } },
      { id: 'e', name: 'e', kind: 'event', reports: pressed },
    ] as const;
    return { devices: [{ key: 'twins', slug: 'twins', properties }], problems: [] };
  },
};

const bulb = { identifiers: ['0x01'], name: 'Bulb', manufacturer: 'Lab' };
const announced: readonly (readonly [topic: string, payload: unknown])[] = [
  [
    'homeassistant/light/0x01/light/config',
    {
      ...{
        name: null,
        object_id: 'bulb',
        schema: 'json',
        state_topic: 'z/bulb',
        command_topic: 'z/bulb/set',
      },
      ...{ brightness: true, brightness_scale: 254, unique_id: '0x01_light', device: bulb },
      availability: [{ topic: 'z/state' }],
    },
  ],
  [
    'homeassistant/sensor/0x01/battery/config',
    {
      ...{ name: 'Battery', device_class: 'battery', state_topic: 'z/bulb', unit_of_measurement: '%' },
      ...{ value_template: '{{ value_json.battery }}', unique_id: '0x01_battery', device: bulb },
      availability: [{ topic: 'z/state' }],
    },
  ],
  ['z/bulb', { state: 'ON', brightness: 127, battery: 80 }],
  ['z/state', 'online'],
  ['homie/air/$homie', '4.0.0'],
  ['homie/air/$name', 'Air'],
  ['homie/air/$nodes', 'n'],
  ['homie/air/$state', 'ready'],
  ['homie/air/n/$properties', 't'],
  ['homie/air/n/t/$datatype', 'float'],
  ['homie/air/n/t', '21.5'],
  ['light002', 'on#30'],
  ['lamp002/up', 'off'],
];

/** All but when things became what they are. */
function look(world: RuleWorld): unknown {
  return world.devices.roster.list().map((device) => {
    const { row, online, description } = device;
    return { id: row.id, key: row.key, online, view: device.view().properties, description };
  });
}

function everything(world: RuleWorld): unknown {
  return world.devices.roster.list().map((device) => ({
    view: device.view(),
    row: device.row,
    states: Object.fromEntries(
      [...device.states].map(([property, { kept: _kept, ...state }]) => [property, state]),
    ),
  }));
}

const orders = fc.shuffledSubarray([...announced], { minLength: announced.length });

describe('devices', () => {
  it('are the same in whatever order they are told of', () => {
    const heard = (order: typeof announced): unknown => {
      const world = new RuleWorld({ time, formats });
      for (const [topic, payload] of order) world.publish({ topic, payload, retain: true });
      return JSON.parse(JSON.stringify(look(world)));
    };
    const wanted = heard(announced);
    expect(wanted).toMatchObject([{ id: 'air' }, { id: 'bulb' }, { id: 'lamp002' }, { id: 'light002' }]);
    fc.assert(
      fc.property(orders, (order) => {
        expect(heard(order)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  const message = fc.oneof(
    fc.constantFrom(...announced),
    fc
      .record({ state: fc.constantFrom('ON', 'OFF'), brightness: fc.nat(254) })
      .map((state) => ['z/bulb', state] as const),
    fc.record({ battery: fc.nat(100) }).map((state) => ['z/bulb', state] as const),
    fc.constantFrom(['z/state', 'offline'] as const, ['z/bulb/set', { state: 'OFF' }] as const),
    fc.constantFrom(['homeassistant/light/0x01/light/config', ''] as const, ['light002', 'off'] as const),
    fc.integer({ min: -20, max: 40 }).map((value) => ['homie/air/n/t', `${value}`] as const),
    {
      weight: 8,
      arbitrary: fc.tuple(
        fc.constantFrom('twin/a', 'twin/b'),
        fc.record({ v: fc.nat(2), e: fc.nat(1), other: fc.nat(2) }, { requiredKeys: [] }),
      ),
    },
    fc.tuple(fc.constant('twin/set'), fc.nat(2)),
  );

  const authors = fc.record({
    by: fc.constantFrom('one', 'other'),
    isAway: fc.nat(19).map((n) => n === 0),
  });

  it('are the same after a restart', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(message, authors), { minLength: 1, maxLength: 40 }), (messages) => {
        const world = new RuleWorld({ time, formats: [...formats, twins] });
        world.publish({ topic: 'twins', payload: 'here' });
        for (const [[topic, payload], { by, isAway }] of messages) {
          world.advance(700);
          if (isAway) world.restart(1000);
          world.publish({ topic, payload, by });
        }
        const before = everything(world);
        world.restart(1000);
        expect(everything(world)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });
});

/** Says of each topic `a/+` that it is a device of its own with one property. */
function simple(name: string, rank: number): DiscoveryFormat {
  return {
    name,
    rank,
    filters: ['a/+'],
    sourceOf: (topic) => topic,
    describe: (source, topics) => {
      if (topics.payload(source) === undefined) return { devices: [], problems: [] };
      const property = { id: name, name, kind: 'json', reports: [{ topic: source }] } as const;
      return { devices: [{ key: source, slug: `${name}-${source}`, properties: [property] }], problems: [] };
    },
  };
}

describe('two formats on one topic', () => {
  it.each([[[simple('low', 10), simple('high', 20)]], [[simple('high', 20), simple('low', 10)]]])(
    'the higher rank has it, and when it lets go, the other',
    (both) => {
      let isSilent = false;
      const formats = both.map((format): DiscoveryFormat => {
        if (format.name === 'low') return format;
        const describe: DiscoveryFormat['describe'] = (source, topics) =>
          isSilent ? { devices: [], problems: [] } : format.describe(source, topics);
        return { ...format, describe };
      });
      const world = new RuleWorld({ time, formats });
      world.publish({ topic: 'a/b', payload: 1 });
      expect(world.home.devices().map(({ id }) => id)).toEqual(['high-a-b']);
      isSilent = true;
      world.publish({ topic: 'a/b', payload: 2 });
      expect(world.home.devices()).toMatchObject([{ id: 'low-a-b', properties: { low: 2 } }]);
      isSilent = false;
      world.publish({ topic: 'a/b', payload: 3 });
      expect(world.home.devices()).toMatchObject([{ id: 'high-a-b', properties: { high: 3 } }]);
    },
  );
});
