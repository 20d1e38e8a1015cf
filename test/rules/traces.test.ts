// What a trace shows, and how large it and the row of a run may become.
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.parse('2026-03-02T12:00:00Z');

function world(rule: object): RuleWorld {
  const made = new RuleWorld({ time });
  made.save(stringify({ id: 'r', triggers: [{ message: 'p' }], ...rule }));
  return made;
}

const numbers = JSON.stringify(Array.from({ length: 40_000 }, (_, index) => index));

test('a big payload makes no big trace, whatever the rule does with it', () => {
  const house = world({
    variables: { all: '{{ payload }}' },
    conditions: ['$count(payload) > 0 and $exists(all)'],
    actions: [
      { let: { again: '{{ payload }}' } },
      ...Array.from({ length: 60 }, () => ({
        publish: 'q',
        payload: { a: '{{ payload }}', b: '{{ all }}' },
      })),
      { log: '{{ payload }}' },
      { delay: 1 },
      { stop: '{{ payload }}' },
    ],
  });
  house.publish({ topic: 'p', payload: numbers });
  const [row] = house.rows.runs.rows.values();
  // Two variables and the payload itself (base64) must be kept whole; the trace so far is the rest.
  expect(row?.state.length).toBeLessThan(4 * numbers.length + 200_000);
  house.advance(1000);
  const [trace] = house.traces;
  expect(trace).toMatchObject({ status: 'stopped', thin: true });
  expect(JSON.stringify(trace).length).toBeLessThan(250_000);
  expect(house.logged[0]?.length).toBeLessThan(4200);
});

test('a value is cut with its length, and the payload that was published is whole', () => {
  const house = world({ actions: [{ publish: 'q', payload: '{{ payload }}' }] });
  house.publish({ topic: 'p', payload: 'x'.repeat(5000) });
  const cut = `${'x'.repeat(4096)}… (5000 characters)`;
  expect(house.traces[0]).toMatchObject({
    trigger: { payload: cut },
    steps: [{ effects: [{ payload: cut }], expressions: [{ value: cut, parts: [{ value: cut }] }] }],
  });
  expect(house.published[0]?.payload).toBe('x'.repeat(5000));
});

test('steps behind the three hundredth are left out and said so', () => {
  const house = world({ actions: Array.from({ length: 400 }, (_, index) => ({ log: `${index}` })) });
  house.publish({ topic: 'p', payload: 1 });
  const { steps = [] } = house.traces[0] ?? {};
  expect(steps.length).toBe(301);
  expect(steps.at(-1)?.result).toBe('this step and those behind it were left out');
  expect(house.logged.length).toBe(400);
});

test('a key is short', () => {
  const house = world({ key: '{{ payload }}', actions: [{ log: 'x' }] });
  house.publish({ topic: 'p', payload: 'x'.repeat(501) });
  expect(house.traces[0]).toMatchObject({ status: 'failed', error: { code: 'bad-key', path: 'key' } });
});

test('a condition that failed says what decided it; one that passed, and a value, say nothing', () => {
  const house = world({
    variables: { cold: '{{ payload.celsius < 20 }}' },
    conditions: ['payload.on', 'payload.on and payload.celsius > 28'],
    actions: [{ log: '{{ payload.off }}' }],
  });
  house.publish({ topic: 'p', payload: { on: true, off: false, celsius: 26.5 } });
  const [first, second] = house.traces[0]?.conditions ?? [];
  expect(first).not.toHaveProperty('decided');
  expect(second?.decided).toEqual([
    {
      source: 'payload.celsius > 28',
      start: 15,
      end: 35,
      value: false,
      wanted: true,
      operator: '>',
      left: 26.5,
      right: 28,
      distance: 1.5,
    },
  ]);
  house.publish({ topic: 'p', payload: { on: true, off: false, celsius: 30 } });
  expect(JSON.stringify(house.traces[1])).not.toContain('decided');
});

test('values that decided are cut like those of parts', () => {
  const house = world({ conditions: ["payload = 'a'"], actions: [{ log: 'x' }] });
  house.publish({ topic: 'p', payload: 'x'.repeat(5000) });
  const cut = `${'x'.repeat(4096)}… (5000 characters)`;
  expect(house.traces[0]?.conditions[0]?.decided).toMatchObject([{ left: cut, right: 'a' }]);
});
