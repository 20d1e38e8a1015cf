// Many rules on one topic, which the index of conditions decides, against each of them alone in a house, where there is
// none: outcomes, counters and traces are the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.parse('2026-03-02T12:00:00Z');

const first = fc.constantFrom(
  'payload.x > 1',
  'payload.x <= 2',
  '0 < payload.x',
  'payload.x = 1',
  "payload.x = 'a'",
  'payload.x in [1, null, "a"]',
  'payload.x',
  '$not(payload.x)',
  "$state('s') = 1",
  "$state('s') > 0",
  'payload.x.y > 0',
  'payload > 1',
  'limit > payload.x',
  'true',
);
const second = fc.constantFrom(
  'payload.y = 1',
  'payload.y + 1 > 1',
  "topic = 't'",
  'payload.z',
  'origin = "client"',
);
const order = fc
  .tuple(fc.constantFrom('<', '<=', '>', '>='), fc.integer({ min: -1, max: 2 }))
  .map(([operator, number]) => `payload.x ${operator} ${number}`);
const clause = fc.oneof(
  { weight: 8, arbitrary: order },
  { weight: 3, arbitrary: first },
  fc.tuple(first, second).map((parts) => parts.join(' and ')),
  fc.tuple(first, second).map((parts) => parts.join(' or ')),
);
const condition = fc.oneof(
  { weight: 6, arbitrary: clause },
  fc.array(fc.oneof(clause, second), { minLength: 1, maxLength: 3 }),
  clause.map((inner) => ({ not: inner })),
  clause.map((inner) => ({ any: [inner, 'payload.z'] })),
  fc.tuple(clause, clause).map(([one, other]) => ({ all: [one, { all: [other] }] })),
);
const trigger = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ message: 't' }) },
  condition.map((when) => ({ message: 't', when })),
  fc.constantFrom(
    { message: '+' },
    { change: 't' },
    { message: 't', origin: 'rule' },
    { message: ['t', '+'] },
  ),
);
const rule = fc.record({
  triggers: fc.array(trigger, { minLength: 1, maxLength: 1 }),
  conditions: condition,
  variables: fc.constantFrom({ limit: 2 }, { limit: 1 }, { limit: '{{ payload.x + 1 }}' }),
  mode: fc.constantFrom('parallel', 'single'),
  priority: fc.integer({ min: 0, max: 2 }),
  actions: fc.constant([{ log: '{{ payload.x ?? "none" }}' }]),
});

const value = fc.oneof(
  fc.integer({ min: -1, max: 3 }),
  fc.constantFrom<unknown>(null, 'a', '1', true, false, [], [1], [2, 3], { y: 1 }),
);
interface Step {
  readonly topic: string;
  readonly payload: unknown;
  readonly afterMs: number;
  readonly times: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  topic: fc.constantFrom('t', 't', 't', 'u', 's'),
  payload: fc.oneof(
    { weight: 4, arbitrary: fc.record({ x: value, y: value, z: value }, { requiredKeys: [] }) },
    { arbitrary: value, weight: 1 },
  ),
  afterMs: fc.constantFrom(0, 1, 400, 1000),
  times: fc.constantFrom(1, 2, 3),
});

function play(rules: readonly object[], steps: readonly Step[]): RuleWorld {
  const world = new RuleWorld({ time });
  for (const each of rules) world.save(stringify(each));
  for (const { topic, payload, afterMs, times } of steps) {
    world.advance(afterMs);
    for (let i = 0; i < times; i++) world.publish({ topic, payload });
  }
  return world;
}

/** What one rule came to; the numbers of inputs and ids are those of the house. */
function outcomesOf(world: RuleWorld, id: string): unknown {
  const traces = world.traces.filter((trace) => trace.rule === id);
  return {
    counters: world.live.engine.book.find(id)?.counters,
    logged: world.logged.filter((line) => line.startsWith(`${id}:`)),
    traces: traces.map(({ status, reason, at, error, conditions, when, trigger }) => {
      const { seq: _seq, ...rest } = trigger;
      return { status, reason, at, error, conditions, when, trigger: rest };
    }),
  };
}

test('rules that share a topic come to the same as each alone', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 8, maxLength: 20 }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      (documents, steps) => {
        const rules = documents.map((document, index) => ({ id: `r${index}`, ...document }));
        const together = play(rules, steps);
        for (const one of rules)
          expect(outcomesOf(together, one.id)).toEqual(outcomesOf(play([one], steps), one.id));
      },
    ),
    { numRuns: 50 },
  );
});

/** Enough that the index takes on what reads payload.x. */
const others = Array.from({ length: 4 }, (_, n) => ({
  id: `other${n}`,
  triggers: [{ message: 't' }],
  conditions: [`payload.x > ${n + 100}`],
  actions: [{ log: 'x' }],
}));
const plain = { triggers: [{ message: 't' }], conditions: ['payload.x > 1'], actions: [{ log: 'x' }] };
const many = (count: number, x: unknown): unknown[] => Array.from({ length: count }, () => ({ x }));

/** A rule among the others, and what it gets. */
const cases: readonly (readonly [what: string, rule: object, payloads: readonly unknown[]])[] = [
  ['passes and fails in turn', plain, [{ x: 0 }, { x: 5 }, { x: 0 }, { x: 5 }]],
  ['text is an error', plain, [{ x: 0 }, { x: 'a' }, { x: 'a' }, { x: 0 }]],
  ['null and missing fail', plain, [{ x: null }, {}, {}, { x: null }]],
  [
    'an error behind what is missing',
    { ...plain, conditions: ['payload.x > 1', 'payload.y + 1 > 1'] },
    [{ x: 0 }, { y: 'a' }, { y: 'a' }, { x: 0, y: 'a' }],
  ],
  [
    'an error behind what is missing, further in',
    { ...plain, conditions: { all: [{ all: ['payload.x'] }, 'payload.y + 1 > 1'] } },
    [{ x: false }, { y: 'a' }, { y: 'a' }, { x: false, y: 'a' }],
  ],
  [
    'what fails is turned around',
    { ...plain, conditions: { not: ['payload.x > 1'] } },
    [{ x: 5 }, { x: 0 }, { x: 5 }, {}],
  ],
  [
    'one of several is enough',
    { ...plain, conditions: { any: ['payload.x > 1', 'payload.y'] } },
    [{}, { y: true }],
  ],
  [
    'another trigger wakes it too',
    {
      ...plain,
      triggers: [{ message: 't', when: 'payload.x > 1' }, { message: '+' }],
      conditions: ['payload.y'],
    },
    [{ x: 0 }, { x: 0, y: true }, { x: 0, y: true }],
  ],
  [
    'variables come first',
    { ...plain, variables: { limit: '{{ payload.y + 1 }}' } },
    [
      { x: 0, y: 1 },
      { x: 0, y: 'a' },
      { x: 0, y: 'a' },
    ],
  ],
  [
    'when comes first',
    { ...plain, triggers: [{ message: 't', when: 'payload.y + 1' }] },
    [{ x: 0 }, { x: 0, y: 1 }],
  ],
  ['only of rules', { ...plain, triggers: [{ message: 't', origin: 'rule' }] }, [{ x: 0 }, { x: 0 }]],
  ['only changes', { ...plain, triggers: [{ change: 't' }] }, [{ x: 0 }, { x: 0 }, { x: -1 }]],
  ['the breaker is open', plain, [{ x: 0 }, ...many(101, 5), { x: 0 }, { x: 0 }, { x: 5 }]],
];

test.each(cases)('%s: among others as alone', (_what, one, payloads) => {
  const own = { id: 'own', ...one };
  const steps = payloads.map((payload) => ({ topic: 't', payload, afterMs: 1, times: 1 }));
  expect(outcomesOf(play([...others, own], steps), 'own')).toEqual(outcomesOf(play([own], steps), 'own'));
});

test('a rule that is ruled out again and again leaves a trace each second, and every wake-up counts', () => {
  const world = new RuleWorld({ time });
  for (let n = 0; n < 10; n++)
    world.save(
      stringify({
        id: `r${n}`,
        triggers: [{ message: 't' }],
        conditions: [`payload > ${n}`],
        actions: [{ log: 'x' }],
      }),
    );
  for (let i = 0; i < 30; i++) {
    world.publish({ topic: 't', payload: i === 29 ? 5.5 : 0 });
    if (i < 29) world.advance(100);
  }
  const traced = world.traces.filter(({ rule: id }) => id === 'r7').map(({ at }) => at - time);
  expect(traced).toEqual([0, 1000, 2000]);
  expect(world.live.engine.book.find('r7')?.counters).toEqual({ 'conditions-failed': 30 });
  expect(world.live.engine.book.find('r3')?.counters).toEqual({ 'conditions-failed': 29, finished: 1 });
});
