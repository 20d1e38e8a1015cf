// What no payload and no fault of the engine's own may do: stop other rules, or throw out of the accept seam.
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.parse('2026-03-02T12:00:00Z');
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

function world(...rules: readonly object[]): RuleWorld {
  const made = new RuleWorld({ time });
  for (const rule of rules) made.save(stringify(rule));
  return made;
}

test.each([30_000, 101])('JSON that nests %i levels deep is text, for every trigger and action', (levels) => {
  const log = { log: '{{ $type(payload) }}' };
  const house = world(
    { id: 'change', triggers: [{ change: 'p' }], actions: [log] },
    { id: 'path', triggers: [{ change: 'p', path: 'x' }, { message: 'p' }], actions: [log] },
    {
      id: 'wait',
      triggers: [{ message: 'p' }],
      actions: [{ let: { x: '{{ payload }}' } }, { delay: 1 }, { publish: 'q', payload: '{{ x }}' }],
    },
  );
  house.publish({ topic: 'p', payload: nested(levels) });
  house.publish({ topic: 'p', payload: nested(levels + 1) });
  const each = ['change: string', 'path: string'];
  expect(house.logged.splice(0)).toEqual([...each, ...each]);
  house.restart(0);
  house.advance(1500);
  expect(house.published.map(({ payload }) => payload)).toEqual([nested(levels)]);
  expect(house.live.engine.faults).toBe(0);
});

test('JSON that nests a hundred levels is JSON', () => {
  const house = world({ id: 'a', triggers: [{ message: 'p' }], actions: [{ log: '{{ $type(payload) }}' }] });
  house.publish({ topic: 'p', payload: nested(100) });
  expect(house.logged).toEqual(['a: array']);
});

test('a fault of the engine ends one run; other rules and later messages go on', () => {
  const wait = (id: string): object => ({
    id,
    triggers: [{ message: 'p' }],
    actions: [{ delay: 1 }, { log: id }],
  });
  const house = world(wait('a'), wait('b'));
  const put = house.rows.runs.put.bind(house.rows.runs);
  house.rows.runs.put = (row) => {
    if (row.rule === 'a') throw new Error('out of order');
    put(row);
  };
  house.publish({ topic: 'p', payload: 1 });
  house.advance(1000);
  expect(house.logged).toEqual(['a: internal error: out of order', 'b: b']);
  expect(house.live.engine.faults).toBe(1);
  house.rows.runs.put = put;
  house.publish({ topic: 'p', payload: 1 });
  house.advance(1000);
  expect(house.logged.slice(2)).toEqual(['a: a', 'b: b']);
});

test('a queue whose first run cannot be put back goes on at the next start', () => {
  const house = world({
    id: 'q',
    mode: 'queued',
    triggers: [{ message: 'p' }],
    actions: [{ log: '{{ payload }}' }, { delay: 60 }],
  });
  for (const payload of [1, 2, 3]) house.publish({ topic: 'p', payload });
  const [first] = house.rows.runs.rows.values();
  if (first === undefined) throw new Error('nothing waits');
  house.rows.runs.rows.set(first.id, { ...first, state: '{' });
  house.restart(0);
  expect(house.logged).toEqual(['q: 1', 'q: 2']);
  house.advance(60_000);
  expect(house.logged).toEqual(['q: 1', 'q: 2', 'q: 3']);
  expect(house.traces.map(({ status, reason }) => [status, reason])).toEqual([
    ['failed', 'not-restored'],
    ['finished', undefined],
  ]);
});

test('what is kept of a payload holds on to nothing else of the socket’s buffer', () => {
  const house = world({ id: 'a', triggers: [{ message: 'p' }], actions: [{ log: '{{ payload }}' }] });
  const read = Buffer.alloc(65_536, 'x');
  const message = { qos: 0, retain: false, origin: 'client', by: 'test' } as const;
  for (const topic of ['p', 'unheard'])
    house.live.accept({ ...message, topic, payload: read.subarray(100, 110) });
  expect(house.logged).toEqual([`a: ${'x'.repeat(10)}`]);
  for (const topic of ['p', 'unheard'])
    expect(house.states.find(topic)?.payload.bytes.buffer.byteLength).toBe(10);
});

test('what one wake-up publishes is bounded by its bytes, too', () => {
  const big = `{{ $pad('', ${2 ** 20}, 'x') }}`;
  const action = { repeat: { times: 70 }, do: [{ publish: 'big/{{ repeat.index }}', payload: big }] };
  const house = world({ id: 'a', triggers: [{ message: 'p' }], actions: [action] });
  house.publish({ topic: 'p', payload: 1 });
  expect(house.published).toHaveLength(64);
  expect(house.live.engine.droppedMessages).toBe(6);
  house.publish({ topic: 'p', payload: 1 });
  expect(house.published).toHaveLength(128);
});
