// The parts that the bridge decides by, each alone.
import { describe, expect, it, test } from 'vitest';
import { kindOfDevice, type OfferedProperty } from '../../../plugins/bemfa/bridge/device-kind.ts';
import { Incoming } from '../../../plugins/bemfa/bridge/incoming.ts';
import { Liveness } from '../../../plugins/bemfa/bridge/liveness.ts';
import { Subscriptions } from '../../../plugins/bemfa/bridge/subscriptions.ts';
import { isOwnTopicName, topicNameOf } from '../../../plugins/bemfa/bridge/topic-name.ts';
import { reportedState, type Values, wantedValues } from '../../../plugins/bemfa/bridge/translation.ts';
import {
  type BemfaKind,
  type BemfaState,
  bemfaKindOf,
  bemfaKinds,
  bemfaTopicFault,
  VirtualClock,
} from '../../../src/base/index.ts';

test.each(Object.values(bemfaKinds))('a topic for a %s is allowed, ours, and the same each time', (kind) => {
  const name = topicNameOf('zigbee2mqtt/床头灯', kind);
  expect(bemfaTopicFault(name)).toBeUndefined();
  expect(bemfaKindOf(name)).toBe(kind);
  expect(isOwnTopicName(name)).toBe(true);
  expect(topicNameOf('zigbee2mqtt/床头灯', kind)).toBe(name);
  expect(topicNameOf('zigbee2mqtt/other', kind)).not.toBe(name);
});

test.each(['light002', 'hassabcdefabcdef002', 'hr0123456789ab', 'hr0123456789ab007', 'xhr0123456789ab002'])(
  '%s is not ours to delete',
  (name) => {
    expect(isOwnTopicName(name)).toBe(false);
  },
);

const commandable = (...ids: string[]): OfferedProperty[] =>
  ids.map((id) => ({ id, kind: 'number', isCommandable: true }));
const reported = (...ids: string[]): OfferedProperty[] =>
  ids.map((id) => ({ id, kind: 'number', isCommandable: false }));

test.each<[OfferedProperty[], BemfaKind | undefined]>([
  [commandable('on'), 'switch'],
  [commandable('on', 'brightness'), 'light'],
  [commandable('on', 'color_temperature'), 'light'],
  [commandable('on', 'speed'), 'fan'],
  [commandable('on', 'mode', 'target_temperature', 'fan_mode'), 'aircondition'],
  [commandable('position'), 'curtain'],
  [commandable('movement'), 'curtain'],
  [reported('temperature', 'humidity', 'battery'), 'sensor'],
  [[...commandable('on'), ...reported('power', 'temperature')], 'switch'],
  [reported('battery'), undefined],
  [reported('on'), undefined],
  [commandable('effect'), undefined],
])('%o are offered as %s', (properties, kind) => {
  expect(kindOfDevice(properties)).toBe(kind);
});

test.each<[BemfaKind, Values, BemfaState]>([
  ['switch', { on: true, power: 12 }, { on: true }],
  ['switch', { on: null }, {}],
  ['light', { on: true, brightness: 40, color: '#ff8000' }, { on: true, brightness: 40, rgb: [255, 128, 0] }],
  ['light', { on: true, color: null, color_temperature: 2700 }, { on: true, kelvin: 2700 }],
  ['light', { brightness: 0 }, { on: false }],
  ['light', { brightness: 30 }, { on: true, brightness: 30 }],
  ['fan', { on: true, speed: 50, oscillating: false }, { on: true, level: 2, isOscillating: false }],
  ['fan', { on: true, level: 3 }, { on: true, level: 3 }],
  ['aircondition', { mode: 'off', target_temperature: 26 }, { on: false, temperature: 26 }],
  [
    'aircondition',
    { mode: 'fan_only', target_temperature: 26, fan_mode: 'high', swing_vertical: true },
    { on: true, mode: 'fan', temperature: 26, level: 3, swingsUpDown: true },
  ],
  ['curtain', { position: 0 }, { on: false, position: 0 }],
  ['curtain', { position: 40 }, { on: true, position: 40 }],
  ['curtain', {}, {}],
  ['sensor', { temperature: 21.5, humidity: 40, battery: 3 }, { temperature: 21.5, humidity: 40 }],
])('of a %s with %o the cloud is told %o', (kind, values, state) => {
  expect(reportedState(kind, values)).toEqual(state);
});

const climate: OfferedProperty[] = [
  ...commandable('target_temperature'),
  { id: 'mode', kind: 'choice', isCommandable: true, options: ['off', 'heat_cool', 'cool', 'fan_only'] },
  { id: 'fan_mode', kind: 'choice', isCommandable: true, options: ['auto', 'low', 'medium', 'high'] },
];

test.each<[BemfaKind, BemfaState, OfferedProperty[], Values]>([
  ['switch', { on: true }, commandable('on'), { on: true }],
  [
    'light',
    { on: true, brightness: 80, rgb: [255, 0, 16] },
    commandable('on', 'brightness', 'color'),
    { on: true, brightness: 80, color: '#ff0010' },
  ],
  ['light', { on: true, brightness: 80, kelvin: 4000 }, commandable('on'), { on: true }],
  ['light', { on: false, brightness: 80 }, commandable('on', 'brightness'), { on: false }],
  ['light', { on: false }, commandable('brightness'), { brightness: 0 }],
  ['fan', { on: true, level: 2 }, commandable('on', 'speed'), { on: true, speed: 50 }],
  [
    'fan',
    { on: true, level: 2, isOscillating: true },
    commandable('level', 'oscillating'),
    { level: 2, oscillating: true },
  ],
  [
    'aircondition',
    { on: true, mode: 'auto', temperature: 26, level: 2 },
    climate,
    { mode: 'heat_cool', target_temperature: 26, fan_mode: 'medium' },
  ],
  ['aircondition', { on: true, mode: 'dry', temperature: 26 }, climate, { target_temperature: 26 }],
  ['aircondition', { on: false }, climate, { mode: 'off' }],
  ['curtain', { on: true, position: 30 }, commandable('position'), { position: 30 }],
  ['curtain', { on: true }, commandable('position'), { position: 100 }],
  ['curtain', { on: false }, commandable('position', 'movement'), { movement: 'close' }],
  ['curtain', { pause: true }, commandable('movement'), { movement: 'stop' }],
  ['curtain', { pause: true }, commandable('position'), {}],
])('a %s told %o of the cloud', (kind, state, properties, values) => {
  expect(wantedValues(kind, state, properties)).toEqual(values);
});

describe('what comes in', () => {
  const said = (text: string, isRetained = false) => ({ topic: 'a002', text, isRetained });

  it('is a command, but not twice within a second and a half', () => {
    const clock = new VirtualClock(0);
    const incoming = new Incoming(clock);
    const judged = ['on', 'on', 'off', 'on'].map((text) => incoming.judge(said(text)));
    expect(judged).toEqual(['command', 'duplicate', 'command', 'command']);
    clock.advance(1500);
    expect(incoming.judge(said('on'))).toBe('command');
    expect(incoming.judge({ ...said('on'), topic: 'b002' })).toBe('command');
    expect(incoming.counts).toEqual({ command: 5, duplicate: 1, echo: 0, retained: 0 });
  });

  it('is an echo once for each time that we said it', () => {
    const clock = new VirtualClock(0);
    const incoming = new Incoming(clock);
    for (const text of ['on', 'off']) incoming.published('a002', text);
    expect(incoming.judge(said('on'))).toBe('echo');
    expect(incoming.judge({ ...said('off'), topic: 'b002' })).toBe('command');
    expect(incoming.judge(said('off'))).toBe('echo');
    expect(incoming.judge(said('off'))).toBe('command');
    incoming.published('a002', 'on');
    clock.advance(10_000);
    expect(incoming.judge(said('on'))).toBe('command');
  });

  it('is old news when it was retained', () => {
    expect(new Incoming(new VirtualClock(0)).judge(said('on', true))).toBe('retained');
  });
});

describe('subscriptions', () => {
  it('make a refused topic once, and ask once more', () => {
    const plan = new Subscriptions();
    for (const topic of ['a', 'b']) plan.ask(topic);
    expect(plan.answered('a', true)).toBe('done');
    expect(plan.answered('b', false)).toBe('create');
    expect(plan.created('b')).toBe('subscribe');
    expect([plan.has('a'), plan.has('b')]).toEqual([true, false]);
    expect(plan.answered('b', true)).toBe('done');
    expect(plan.has('b')).toBe(true);
    expect(plan.refusals.size).toBe(0);
  });

  it('give up in words, until the next connection', () => {
    const plan = new Subscriptions();
    for (const topic of ['a', 'b']) plan.ask(topic);
    plan.answered('a', false);
    expect(plan.created('a', 'wrong key')).toBe('give-up');
    plan.answered('b', false);
    plan.created('b');
    expect(plan.answered('b', false)).toBe('give-up');
    expect([...plan.refusals]).toEqual([
      ['a', 'wrong key'],
      ['b', 'the cloud refuses the subscription although the topic was made'],
    ]);
    expect(plan.answered('unknown', false)).toBe('done');
    plan.clear();
    expect(plan.refusals.size).toBe(0);
    plan.ask('a');
    expect(plan.answered('a', false)).toBe('create');
  });
});

describe('the life of a connection', () => {
  function watched() {
    const clock = new VirtualClock(0);
    const events: string[] = [];
    const liveness = new Liveness({
      clock,
      everyMs: 30_000,
      losses: 3,
      ping: () => events.push(`ping ${clock.monotonic()}`),
      onDead: () => events.push(`dead ${clock.monotonic()}`),
    });
    liveness.start();
    return { clock, events, liveness };
  }

  it('ends after three pings without an answer', () => {
    const { clock, events } = watched();
    clock.advance(600_000);
    expect(events).toEqual(['ping 30000', 'ping 60000', 'ping 90000', 'dead 120000']);
  });

  it('goes on while anything comes', () => {
    const { clock, events, liveness } = watched();
    for (let i = 0; i < 10; i++) {
      clock.advance(60_000);
      liveness.alive();
    }
    expect(events).toHaveLength(20);
    liveness.stop();
    clock.advance(600_000);
    expect(events).toHaveLength(20);
  });
});
