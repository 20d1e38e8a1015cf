// State of every topic: what counts as a change, what is kept, and what the bounds do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesFilter } from '../../src/base/index.ts';
import { Payload, type StateRow, type StateUpdate, TopicStates } from '../../src/devices/index.ts';
import { MapRows } from '../support/rule-world.ts';

function home(limits: Partial<{ topics: number; payloadBytes: number; topicsPerClient: number }> = {}) {
  const rows = new MapRows<StateRow>((row) => row.topic);
  const all = { topics: 100, payloadBytes: 16, topicsPerClient: 50, ...limits };
  const states = new TopicStates(rows, { zone: 'UTC', limits: all });
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
    expect(rows.rows.get('a')).toMatchObject({ bytes: 20, payload: new Uint8Array(0) });
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
    const next = new TopicStates(rows, {
      zone: 'UTC',
      limits: { topics: 9, payloadBytes: 9, topicsPerClient: 9 },
    });
    next.load(rows.rows.values());
    expect(next.state('a')).toBe(1);
    const again = next.update(
      { topic: 'a', at: 9, qos: 0, retain: false, origin: 'client', by: 'c' },
      new Payload(Buffer.from('1')),
    );
    expect(again.isChanged).toBe(false);
  });
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
