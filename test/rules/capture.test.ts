// Capturing devices as discovery describes them: what they report may be more than they can be told.
import { expect, test } from 'vitest';
import type { DeviceMapping } from '../../src/devices/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 4, 1, 12);

const settable = (id: string, rest: object): object => ({
  id,
  name: id,
  reports: [{ topic: 'lamp', read: `payload.${id}` }],
  command: { topic: `lamp/${id}/set`, write: 'value' },
  ...rest,
});

const lamp = {
  name: 'Lamp',
  properties: [
    settable('on', { kind: 'boolean' }),
    settable('brightness', { kind: 'number', min: 0, max: 100 }),
    settable('effect', { kind: 'choice', options: ['none', 'candle'] }),
    { id: 'power', name: 'Power', kind: 'number', reports: [{ topic: 'lamp', read: 'payload.power' }] },
  ],
} as DeviceMapping;

const rule = `id: r
triggers: [{ message: "do/{what}" }]
actions:
  - if: params.what = 'capture'
    then: [{ capture: x, devices: lamp }]
    else: [{ restore: x }]
`;

test('what a device cannot be told is left out, and it is switched off last', () => {
  const world = new RuleWorld({ time, formats: [] });
  const change = { change: 'map', id: 'lamp', document: lamp, version: 1 } as const;
  world.decide({ kind: 'command', at: time, command: { do: 'device', change }, by: 'ann' });
  world.save(rule);
  world.publish({ topic: 'lamp', payload: { on: false, brightness: 30, effect: 'sunrise', power: 0.4 } });
  world.publish({ topic: 'do/capture', payload: 1 });
  world.publish({ topic: 'lamp', payload: { on: true, brightness: 100, effect: 'candle', power: 9 } });
  world.publish({ topic: 'do/restore', payload: 1 });
  expect(world.published.map(({ topic, payload }) => [topic, payload])).toEqual([
    ['lamp/brightness/set', 30],
    ['lamp/on/set', false],
  ]);
  expect(world.traces.at(-1)).toMatchObject({
    status: 'finished',
    steps: [{}, { verb: 'restore', result: 'left as they are: lamp (effect, power)' }],
  });
});
