// State of every topic: what counts as a change, what is kept, and what the bounds do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesFilter } from '../../src/base/index.ts';
import { Payload, type StateRow, type StateUpdate, TopicStates } from '../../src/devices/index.ts';
import { MapRows } from '../support/rule-world.ts';

function home(limits: Partial<{ topics: number; payloadBytes: number; topicsPerClient: number }> = {}) {
  const rows = new MapRows<StateRow>((row) => row.topic);
  const all = { topics: 100, payloadBytes: 16, topicsPerClient: 50, ...limits };
  const states = new TopicStates(rows, all);
  let at = 0;
  const say = (topic: string, text: string, by = 'c'): StateUpdate =>
    states.update(
      { topic, at: ++at, qos: 0, retain: false, origin: 'client', by },
      new Payload(Buffer.from(text)),
    );
  return { states, rows, say };
}

describe('a message', () => {
  test('is the state of its topic; equal bytes are no change', () => {
    const { states, say } = home();
    expect(say('a', '1')).toMatchObject({ previous: undefined, isChanged: true });
    expect(say('a', '1').isChanged).toBe(false);
    expect(states.find('a')).toMatchObject({ at: 2, changedAt: 1, messages: 2 });
    expect(say('a', '2').isChanged).toBe(true);
    expect(states.state('a')).toBe(2);
    expect(states.changedAt('a')).toBe(3);
    expect(states.state('b')).toBeUndefined();
  });

  test('too big to keep leaves its length and hash', () => {
    const { states, rows, say } = home();
    const big = 'x'.repeat(20);
    expect(say('a', big).isChanged).toBe(true);
    expect(say('a', big).isChanged).toBe(false);
    expect(say('a', `${big.slice(1)}y`).isChanged).toBe(true);
    expect(states.find('a')).toMatchObject({ bytes: 20 });
    expect(rows.rows.get('a')).toMatchObject({ bytes: 20, payload: { bytes: new Uint8Array(0) } });
    expect(states.state('a')).toBeUndefined();
  });

  test('beyond the bounds is seen but not kept, and counted', () => {
    const { states, say } = home({ topics: 3, topicsPerClient: 2 });
    say('a', '1', 'x');
    say('b', '1', 'x');
    expect(say('c', '1', 'x').isChanged).toBe(true);
    expect(states.find('c')).toBeUndefined();
    say('d', '1', 'y');
    say('e', '1', 'z');
    expect([states.size, states.refused]).toEqual([3, 2]);
    say('a', '2', 'z');
    expect(states.state('a')).toBe(2);
  });

  test('comes back after a restart, unchanged', () => {
    const { rows, say } = home();
    say('a', '1');
    const next = new TopicStates(rows, { topics: 9, payloadBytes: 9, topicsPerClient: 9 });
    next.load(rows.rows.values());
    expect(next.state('a')).toBe(1);
    const again = next.update(
      { topic: 'a', at: 9, qos: 0, retain: false, origin: 'client', by: 'c' },
      new Payload(Buffer.from('1')),
    );
    expect(again.isChanged).toBe(false);
  });
});

describe('what was there before', () => {
  test('is the value before the last change, a restart or not', () => {
    const { states, rows, say } = home();
    say('a', '1');
    expect(states.find('a')?.previous).toBeUndefined();
    say('a', '2');
    say('a', '2');
    expect(states.find('a')?.previous?.value).toBe(1);
    const next = new TopicStates(rows, { topics: 9, payloadBytes: 9, topicsPerClient: 9 });
    next.load(rows.rows.values());
    expect(next.find('a')?.previous?.value).toBe(1);
    expect(next.find('a')).toMatchObject({ changedAt: 2, at: 3 });
  });
});

describe('the time of a change at a path', () => {
  test('is that of the value as a whole until somebody asks, then its own', () => {
    const { states, say } = home();
    say('a', '{"x":1,"y":1}');
    say('a', '{"x":1,"y":2}');
    expect(states.changedAt('a', 'x')).toBe(2);
    say('a', '{"x":1,"y":3}');
    expect([states.changedAt('a'), states.changedAt('a', 'x'), states.changedAt('a', 'y')]).toEqual([
      3, 2, 3,
    ]);
    say('a', '{"x":2,"y":3}');
    expect([states.changedAt('a', 'x'), states.changedAt('a', 'y')]).toEqual([4, 3]);
  });

  test('is watched before the topic speaks, inside objects and arrays, and known after a restart', () => {
    const { states, rows, say } = home();
    for (const path of ['x.y', 'z[1]']) states.watchPath('a', path);
    say('a', '{"x":{"y":1}}');
    say('a', '{"z":[1,2]}');
    say('a', '{"z":[2,2]}');
    expect([states.changedAt('a', 'z[1]'), states.changedAt('a', 'z[0]')]).toEqual([2, 3]);
    const next = new TopicStates(rows, { topics: 9, payloadBytes: 30, topicsPerClient: 9 });
    next.load(rows.rows.values());
    expect(next.changedAt('a', 'z[1]')).toBe(2);
    const message = { topic: 'a', at: 9, qos: 0, retain: false, origin: 'client', by: 'c' } as const;
    next.update(message, new Payload(Buffer.from('{"z":[2,3]}')));
    expect(next.changedAt('a', 'z[1]')).toBe(9);
  });

  test('is missing where nothing is', () => {
    const { states, say } = home();
    say('a', '{"x":1}');
    expect([states.changedAt('a', 'y'), states.changedAt('b', 'x'), states.changedAt('a', 'x.z')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('of more paths than are watched is that of the value as a whole', () => {
    const { states, say } = home({ payloadBytes: 1000 });
    const value = (x: number): string =>
      JSON.stringify(Array.from({ length: 40 }, (_, n) => (n < 39 ? n : x)));
    say('a', value(1));
    for (let n = 0; n < 40; n++) states.changedAt('a', `[${n}]`);
    say('a', value(2));
    expect([states.changedAt('a', '[0]'), states.changedAt('a', '[38]')]).toEqual([1, 2]);
  });
});

test('states that are read already are shared by another world, which changes its own alone', () => {
  const { states, say } = home();
  say('a', '1');
  say('b', '2');
  const other = home();
  other.states.load(states.tree.match('#'));
  expect(other.states.find('a')?.payload).toBe(states.find('a')?.payload);
  other.say('a', '3');
  expect([states.state('a'), other.states.state('a'), other.states.state('b')]).toEqual([1, 3, 2]);
});

describe('topics under a filter', () => {
  test('named levels are params, in order of topic', () => {
    const { states, say } = home();
    say('home/kitchen/lux', '5');
    say('home/bath/lux', '7');
    say('home/bath', '1');
    expect(states.states('home/{room}/lux')).toEqual([
      { topic: 'home/bath/lux', params: { room: 'bath' }, value: 7, at: 2 },
      { topic: 'home/kitchen/lux', params: { room: 'kitchen' }, value: 5, at: 1 },
    ]);
  });

  test('are those that a look at every topic finds', () => {
    const level = fc.constantFrom('a', 'b', '$s', '');
    const topics = fc.array(
      fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/')),
      { maxLength: 15 },
    );
    const filter = fc
      .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([levels, isOpen]) => [...levels, ...(isOpen ? ['#'] : [])].join('/'));
    fc.assert(
      fc.property(topics, filter, (names, text) => {
        const { states, say } = home();
        for (const name of names) if (name !== '') say(name, '1');
        const wanted = [...new Set(names)].filter((name) => name !== '' && matchesFilter(text, name));
        expect(states.tree.match(text).map(({ topic }) => topic)).toEqual(
          wanted.sort((a, b) => (a < b ? -1 : 1)),
        );
      }),
    );
  });

  test('the tree counts what is below', () => {
    const { states, say } = home();
    for (const name of ['a/b/c', 'a/b', 'a/d', 'e']) say(name, '1');
    say('a/b', '2');
    expect(states.tree.find('a')?.topics).toBe(3);
    expect(states.tree.find('a/b')?.topic).toBe('a/b');
    expect([...states.tree.root.children.keys()]).toEqual(['a', 'e']);
  });
});
