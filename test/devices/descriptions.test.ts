// A copy of the devices over the very same topics: what their sources tell is taken over, not asked of the formats anew.
import { describe, expect, test } from 'vitest';
import { discoveryFormats } from '../../src/devices/discovery/table.ts';
import { type DiscoveryFormat, encodePayload, Payload, type StateRow } from '../../src/devices/index.ts';
import { type GivenState, leftOf, unkeptRows, type World, worldOf } from '../../src/rules/index.ts';

const sensor = (name: string, path: string) => ({
  device: { identifiers: ['z1'], name: 'Lamp' },
  name,
  state_topic: 'z/lamp',
  unique_id: `z1_${path}`,
  value_template: `{{ value_json.${path} }}`,
});

function rowOf(topic: string, value: unknown): StateRow {
  const payload = new Payload(encodePayload(value));
  const size = { bytes: payload.bytes.length, qos: 0 as const, retain: true };
  const past = { at: 1000, changedAt: 1000, previous: undefined, pathChanges: undefined };
  return { topic, payload, ...size, ...past, origin: 'client', by: 'z' };
}

const states = [
  rowOf('homeassistant/sensor/z1/warmth/config', sensor('Warmth', 'warmth')),
  rowOf('homeassistant/sensor/z1/power/config', sensor('Power', 'power')),
  rowOf('z/lamp', { warmth: 21, power: 4 }),
];

/** Counts how often it is asked. */
function counted(format: DiscoveryFormat, asked: string[]): DiscoveryFormat {
  return Object.create(format, {
    describe: {
      value: (source: string, topics: Parameters<DiscoveryFormat['describe']>[1]) => {
        asked.push(source);
        return format.describe(source, topics);
      },
    },
  }) as DiscoveryFormat;
}

function world(given: GivenState): { readonly world: World; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const options = { learn: false, homie: 'homie', homeAssistant: { prefix: 'homeassistant' } };
  const formats = discoveryFormats(options).map((format) => counted(format, asked));
  return { world: worldOf({ zone: 'UTC', formats }, unkeptRows, given), asked };
}

describe('a copy of the devices', () => {
  const { world: house, asked } = world({ states });
  const given: GivenState = {
    ...leftOf({ ...house, variables: house.home.variables }),
    descriptions: house.devices?.descriptions(),
  };

  test('knows the same without asking', () => {
    expect(asked).toHaveLength(2);
    const copy = world(given);
    expect(copy.asked).toEqual([]);
    expect(copy.world.devices?.devices()).toEqual(house.devices?.devices());
    expect(copy.world.devices?.device('lamp')).toMatchObject({ properties: { warmth: '21', power: '4' } });
  });

  test('can be made again and again', () => {
    const copies = [1, 2].map(() => [...world(given).world.states]);
    expect(copies).toEqual([[...house.states], [...house.states]]);
  });

  test('asks about what is told anew', () => {
    const copy = world(given);
    const row = rowOf('homeassistant/sensor/z1/power/config', '');
    const { devices, states: topics } = copy.world;
    const update = topics.update({ ...row, at: 2000 }, new Payload(new Uint8Array()));
    devices?.hear(update, { origin: 'client', by: 'z', depth: 0 });
    expect(copy.asked).toHaveLength(1);
    expect(Object.keys(devices?.device('lamp')?.properties ?? {})).toEqual(['warmth']);
  });
});
