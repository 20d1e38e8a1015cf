// What topics were seen to say, learned in virtual time: fields, pace, and what is told when they differ.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import {
  type ContractRow,
  encodePayload,
  Payload,
  TopicContracts,
  TopicStates,
} from '../../src/devices/index.ts';

const start = Date.UTC(2026, 5, 1);
const minute = 60_000;
const hour = 60 * minute;

interface Told {
  readonly topic: string;
  readonly news: string;
}

/** Topics, their contracts and what was told of them. */
class World {
  readonly clock = new VirtualClock(start);
  readonly rows = new Map<string, ContractRow>();
  readonly told: Told[] = [];
  readonly learned: string[] = [];
  readonly states = new TopicStates(
    { put: () => undefined, delete: () => undefined },
    { topics: 1000, payloadBytes: 1000, topicsPerClient: 1000 },
  );
  readonly contracts: TopicContracts;

  constructor({ most = 100, rows = [] as ContractRow[], at = start } = {}) {
    this.clock.advanceTo(at);
    this.contracts = new TopicContracts({
      clock: this.clock,
      rows: { put: (row) => this.rows.set(row.topic, row), delete: (topic) => this.rows.delete(topic) },
      most,
      find: (topic) => this.states.find(topic),
      observer: {
        news: (topic, news) => this.told.push({ topic, ...news }),
        learned: (topic) => this.learned.push(topic),
      },
    });
    this.contracts.load(rows);
    this.contracts.start();
  }

  say(topic: string, value: unknown): void {
    const message = {
      topic,
      at: this.clock.now(),
      qos: 0,
      retain: false,
      origin: 'client',
      by: 'x',
    } as const;
    this.states.update(message, new Payload(encodePayload(value)));
    this.contracts.note(topic);
  }

  /** One message every `everyMs` for a while. */
  repeat(
    topic: string,
    { forMs, everyMs }: { forMs: number; everyMs: number },
    make: (turn: number) => unknown,
  ): void {
    for (let turn = 0; turn * everyMs < forMs; turn++) {
      this.say(topic, make(turn));
      this.clock.advance(everyMs);
    }
  }

  fields(topic: string): Readonly<Record<string, unknown>> | undefined {
    return this.contracts.find(topic)?.fields;
  }
}

const sensor = 'home/kitchen/sensor';
const dayAndMore = { forMs: 25 * hour, everyMs: minute };
const climate = (turn: number): unknown => ({
  temperature: 20 + (turn % 30) / 10,
  mode: turn % 2 ? 'eco' : 'boost',
  battery: 80,
});

describe('learning', () => {
  test('fields have types, values, range and share', () => {
    const world = new World();
    world.repeat(sensor, { forMs: 10 * minute, everyMs: minute }, (turn) => ({
      temperature: 20 + turn / 4,
      climate: { humidity: 40 },
      mode: turn % 2 ? 'eco' : 'boost',
      ...(turn < 5 && { extra: null }),
      list: [1, 2],
    }));
    expect(world.fields(sensor)).toEqual({
      temperature: {
        types: ['number'],
        count: 10,
        min: 20,
        max: 22.25,
        rising: true,
      },
      'climate.humidity': { types: ['number'], count: 10, min: 40, max: 40, rising: true, values: [40] },
      mode: { types: ['text'], count: 10, values: ['boost', 'eco'] },
      extra: { types: ['null'], count: 5, values: [] },
      list: { types: ['list'], count: 10, values: [] },
    });
    expect(world.contracts.find(sensor)).toMatchObject({
      count: 10,
      usualGapMs: minute,
      longestGapMs: minute,
    });
  });

  test('a payload without fields has the empty path', () => {
    const world = new World();
    world.say('a/b', 'ON');
    world.clock.advance(2000);
    expect(world.fields('a/b')).toEqual({ '': { types: ['text'], count: 1, values: ['ON'] } });
  });

  test('many different values are no set', () => {
    const world = new World();
    world.repeat('id', { forMs: 33 * minute, everyMs: minute }, (turn) => `id-${turn}`);
    expect(world.fields('id')).toEqual({ '': { types: ['text'], count: 33 } });
  });

  test('a topic is looked at once a second, and its pace is that of its messages', () => {
    const world = new World();
    world.repeat('fast', { forMs: 10_000, everyMs: 10 }, () => 1);
    world.clock.advance(1000);
    const facts = world.contracts.find('fast');
    expect(facts?.count).toBeLessThanOrEqual(11);
    expect(facts?.usualGapMs).toBe(10);
  });

  test.each(['$SYS/broker/uptime', 'homerule/status', 'homie/lamp/$state'])('%s is not learned', (topic) => {
    const world = new World();
    world.say(topic, 1);
    world.clock.advance(2000);
    expect(world.contracts.find(topic)).toBeUndefined();
  });

  test('more topics than the bound are counted', () => {
    const world = new World({ most: 2 });
    for (const topic of ['a', 'b', 'c']) world.say(topic, 1);
    world.clock.advance(2000);
    expect(world.contracts.counters()).toMatchObject({ contracts: 2, contractsRefused: 1 });
  });

  test('whatever is said, nothing breaks and what is kept is bounded', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 6 }), { maxLength: 40 }), (values) => {
        const world = new World();
        for (const value of values) {
          world.say(sensor, value);
          world.clock.advance(1500);
        }
        const facts = world.contracts.find(sensor);
        const again = JSON.parse(JSON.stringify(facts ?? null)) as unknown;
        expect(again).toEqual(facts ?? null);
        expect(Object.keys(facts?.fields ?? {}).length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 50 },
    );
  });
});

describe('news', () => {
  test.each<[string, unknown, object]>([
    [
      'another type',
      { temperature: 'unavailable', mode: 'eco', battery: 80 },
      { path: 'temperature', drift: 'type' },
    ],
    [
      'far outside',
      { temperature: 85, mode: 'eco', battery: 80 },
      { path: 'temperature', drift: 'range', value: 85 },
    ],
    ['an unknown value', { temperature: 20, mode: 'party', battery: 80 }, { path: 'mode', drift: 'value' }],
    ['a low battery', { temperature: 20, mode: 'eco', battery: 9 }, { news: 'battery-low', value: 9 }],
  ])('%s is told, once', (_name, value, expected) => {
    const world = new World();
    world.repeat(sensor, dayAndMore, climate);
    expect(world.told).toEqual([]);
    for (let turn = 0; turn < 3; turn++) {
      world.say(sensor, value);
      world.clock.advance(minute);
    }
    expect(world.told).toMatchObject([expected]);
  });

  test('a field that was always there and is not any more', () => {
    const world = new World();
    world.repeat(sensor, dayAndMore, climate);
    world.repeat(sensor, { forMs: 20 * minute, everyMs: minute }, () => ({ temperature: 20, mode: 'eco' }));
    expect(world.told).toEqual([{ topic: sensor, news: 'drift', path: 'battery', drift: 'missing' }]);
  });

  test('in the first day nothing is told but a low battery', () => {
    const world = new World();
    world.repeat(sensor, { forMs: 20 * hour, everyMs: minute }, climate);
    world.say(sensor, { temperature: 'unavailable', mode: 'party' });
    world.clock.advance(20 * hour);
    expect(world.told).toEqual([]);
    world.say(sensor, { battery: 5 });
    world.clock.advance(minute);
    expect(world.told).toMatchObject([{ news: 'battery-low' }]);
  });

  test('a counter may rise as far as it likes', () => {
    const world = new World();
    world.repeat('meter', dayAndMore, (turn) => ({ energy: turn / 10 }));
    world.say('meter', { energy: 1e6 });
    world.clock.advance(minute);
    expect(world.told).toEqual([]);
  });

  test('silence is told once, and again after the next message', () => {
    const world = new World();
    world.repeat(sensor, dayAndMore, climate);
    world.clock.advance(9 * minute);
    expect(world.told).toEqual([]);
    world.clock.advance(hour);
    expect(world.told).toMatchObject([{ topic: sensor, news: 'silent', usualGapMs: minute }]);
    world.say(sensor, climate(0));
    world.clock.advance(10 * hour);
    expect(world.told).toHaveLength(2);
  });

  test('what speaks when something happens may be silent for days', () => {
    const world = new World();
    for (let day = 0; day < 3; day++) {
      world.repeat('washer', { forMs: hour, everyMs: minute }, (turn) => turn % 7);
      world.clock.advance(23 * hour);
    }
    world.clock.advance(4 * 24 * hour);
    expect(world.told).toEqual([]);
    world.clock.advance(3 * 24 * hour);
    expect(world.told).toMatchObject([{ news: 'silent' }]);
  });

  test('a battery that was charged may be low again', () => {
    const world = new World();
    for (const battery of [50, 14, 16, 14, 30, 12]) {
      world.say('door', { battery });
      world.clock.advance(2000);
    }
    expect(world.told.map(({ news }) => news)).toEqual(['battery-low', 'battery-low']);
  });

  test('a storm of news is cut and counted', () => {
    const world = new World();
    for (let index = 0; index < 100; index++) world.say(`door/${index}/battery`, 3);
    world.clock.advance(2000);
    expect(world.told).toHaveLength(30);
    expect(world.contracts.counters()).toMatchObject({ contractNewsUntold: 70 });
  });
});

describe('rows', () => {
  test('a new shape is written within a minute, moving numbers seldom', () => {
    const world = new World();
    world.say(sensor, climate(0));
    world.clock.advance(2 * minute);
    const first = world.rows.get(sensor);
    expect(first).toBeDefined();
    world.repeat(sensor, { forMs: 5 * minute, everyMs: minute }, () => climate(0));
    expect(world.rows.get(sensor)).toBe(first);
    world.clock.advance(16 * minute);
    expect(world.rows.get(sensor)).not.toBe(first);
  });

  test('what was silent for a season is forgotten', () => {
    const before = new World();
    before.say(sensor, climate(0));
    before.contracts.stop();
    const rows = [...before.rows.values()];
    const after = new World({ rows, at: start + 91 * 24 * hour });
    expect(after.contracts.find(sensor)).toBeUndefined();
  });

  test('a new process goes on, and the time between is no silence', () => {
    const before = new World();
    before.repeat(sensor, dayAndMore, climate);
    before.contracts.stop();
    const after = new World({ rows: [...before.rows.values()], at: before.clock.now() + 12 * hour });
    expect(after.fields(sensor)).toEqual(before.fields(sensor));
    after.clock.advance(5 * minute);
    expect(after.told).toEqual([]);
    after.clock.advance(hour);
    expect(after.told).toMatchObject([{ news: 'silent' }]);
    after.say(sensor, { temperature: 'unavailable', mode: 'eco', battery: 80 });
    after.clock.advance(minute);
    expect(after.told).toMatchObject([{ news: 'silent' }, { news: 'drift', drift: 'type' }]);
  });
});
