// Going through a record again tells of a rule what it did live, and why messages woke it not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePayload, Payload } from '../../src/devices/index.ts';
import {
  checkText,
  type Happening,
  type Input,
  missesOf,
  VirtualHouse,
  valueHint,
  Witness,
} from '../../src/rules/index.ts';

const settings = { zone: 'UTC' };
const begin = Date.parse('2026-05-01T12:00:00Z');

function compiled(text: string, version = 1) {
  const { rule, problems } = checkText(text, { version, home: settings });
  if (rule === undefined) throw new Error(JSON.stringify(problems));
  return rule;
}

const rules = [
  'id: r\nmode: single\ntriggers: [{ message: a, when: payload > 3 }]\nactions: [{ delay: 20s }, { publish: b, payload: 1 }]\n',
  'id: r\nmode: queued\nmax: 2\ntriggers: [{ change: a, for: 15s }]\nactions: [{ delay: 30s }]\n',
  'id: r\nlimit: { runs: 2, in: 1m }\nmode: parallel\ntriggers: [{ message: [a, b] }]\nconditions: ["$state(\'b\') < 5"]\nactions: [{ log: x }]\n',
  "id: r\nmode: restart\ntriggers: [{ becomes: \"$state('a') > 4 and $state('b') > 4\", for: 10s }]\nactions: [{ publish: a, payload: 0 }, { delay: 5s }]\n",
] as const;

const told = (all: readonly Happening[]): unknown[] =>
  all.flatMap((one) => ('status' in one ? [[one.at - begin, one.status, one.reason ?? '']] : []));

test('near the instant each wake-up that came to nothing is told, however fast they came, the same once', () => {
  const rule = compiled(
    'id: r\ntriggers: [{ message: a }]\nconditions: [payload > 9]\nactions: [{ log: x }]\n',
  );
  const witness = new Witness({
    ...{ at: begin, settings, rule: 'r', inForce: { version: 1, enabled: true }, from: begin },
    ...{ about: begin + 60_000, versions: [rule], findVersion: () => rule },
  });
  const given = [
    [0, 0],
    [1, 100],
    [2, 60_000],
    [2, 60_050],
    [3, 60_100],
    [2, 60_200],
  ] as const;
  for (const [n, at] of given)
    witness.give({
      kind: 'message',
      seq: at + 1,
      at: begin + at,
      topic: 'a',
      payload: encodePayload(n),
      qos: 0,
      retain: false,
      origin: 'client',
      by: 'c',
      depth: 0,
    });
  expect(told(witness.finish(begin + 61_000)).map((one) => JSON.stringify(one))).toEqual(
    [0, 60_000, 60_100, 60_200].map((at) => JSON.stringify([at, 'conditions-failed', ''])),
  );
});

test('what a witness tells of wake-ups is what the traces say', () => {
  const message = fc.record({
    topic: fc.constantFrom('a', 'b'),
    value: fc.nat({ max: 8 }),
    afterMs: fc.integer({ min: 1000, max: 25_000 }),
    toggles: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.constantFrom(...rules), fc.array(message, { maxLength: 40 }), (text, messages) => {
      const house = new VirtualHouse({ time: begin, settings });
      const rule = compiled(text);
      house.put(rule, true);
      for (const [n, { topic, value, afterMs, toggles }] of messages.entries()) {
        house.advance(afterMs);
        if (toggles && n % 7 === 0) house.change('r', n % 2 === 0 ? 'disabled' : 'enabled');
        house.publish({ topic, payload: value });
      }
      house.advance(120_000);
      const to = house.clock.now();
      const witness = new Witness({
        ...{ at: begin, settings, rule: 'r', inForce: undefined, from: begin, about: to, versions: [rule] },
        findVersion: () => rule,
      });
      for (const input of house.inputs) witness.give(input);
      const live = house.traces.map(({ at, status, reason }) => [at - begin, status, reason ?? '']);
      const sorted = (list: unknown[]): string[] =>
        list.map((one) => JSON.stringify(one)).sort((a, b) => (a < b ? -1 : 1));
      expect(sorted(told(witness.finish(to)))).toEqual(sorted(live));
    }),
  );
});

describe('a message that a trigger did not want', () => {
  test.each([
    ['{ message: a }', '1', undefined, []],
    ['{ message: b }', '1', undefined, []],
    ['{ message: a, enabled: false }', '1', undefined, [{ code: 'off' }]],
    ['{ message: a, origin: rule }', '1', undefined, [{ code: 'origin', value: 'client', wanted: 'rule' }]],
    ['{ change: a }', '1', '1', [{ code: 'unchanged', value: 1 }]],
    ['{ change: a }', '2', '1', []],
    ['{ change: a, path: x }', '{"x":1,"n":2}', '{"x":1,"n":1}', [{ code: 'unchanged', value: 1 }]],
    ['{ change: a, to: [3, 4] }', '2', '1', [{ code: 'value', value: 2, wanted: [3, 4] }]],
    ['{ change: a, to: "2" }', '2', '1', [{ code: 'value', value: 2, wanted: '2', hint: 'type' }]],
    ['{ change: a, to: true }', 'ON', 'OFF', [{ code: 'value', wanted: true, hint: 'switch' }]],
    ['{ change: a, notTo: 2 }', '2', '1', [{ code: 'value', value: 2 }]],
    ['{ change: a, from: 0 }', '2', '1', [{ code: 'previous', value: 1, wanted: 0 }]],
    ['{ change: a, from: 1, to: 2 }', '2', '1', []],
  ])('%s with %s after %s', (trigger, said, before, expected) => {
    const rule = compiled(`id: r\ntriggers: [${trigger}]\nactions: [{ log: x }]\n`);
    const input = { topic: 'a', payload: encodePayload(said), origin: 'client' } as const;
    const previous = before === undefined ? undefined : new Payload(encodePayload(before));
    expect(missesOf(rule, { input, previous })).toMatchObject(expected);
    expect(missesOf(rule, { input, previous })).toHaveLength(expected.length);
  });
});

test.each([
  ['1', 1, 'type'],
  [1, '1', 'type'],
  ['on', 'ON', 'case'],
  [' on', 'on', 'spaces'],
  ['ON', true, 'switch'],
  ['off', false, 'switch'],
  [1, true, 'switch'],
  ['true', true, 'type'],
  ['ON', false, undefined],
  [1, 1, undefined],
  [1, 2, undefined],
  [null, 'x', undefined],
  [{ a: 1 }, '[object Object]', undefined],
])('%j for %j differs in %s', (is, wanted, hint) => {
  expect(valueHint(is, wanted)).toBe(hint);
});

test('a hold that a message ends is told with what ended it; one under way with its end', () => {
  const house = new VirtualHouse({ time: begin, settings });
  const rule = compiled('id: r\ntriggers: [{ change: door, to: open, for: 10m }]\nactions: [{ log: x }]\n');
  house.put(rule, true);
  house.publish({ topic: 'door', payload: 'open' });
  house.advance(4 * 60_000);
  house.publish({ topic: 'door', payload: 'closed' });
  house.advance(60_000);
  house.publish({ topic: 'door', payload: 'open' });
  const inputs: readonly Input[] = house.inputs;
  const witness = new Witness({
    ...{ at: begin, settings, rule: 'r', inForce: undefined, from: begin, about: begin, versions: [rule] },
    findVersion: () => rule,
  });
  for (const input of inputs) witness.give(input);
  const minute = (n: number): number => begin + n * 60_000;
  expect(witness.finish(minute(6))).toEqual([
    {
      ...{ code: 'hold-reset', at: minute(4), about: 'door', since: begin, due: minute(10) },
      ...{ topic: 'door', value: 'closed' },
    },
    { code: 'holding', at: minute(5), about: 'door', since: minute(5), due: minute(15) },
  ]);
});

test.each([
  [25, [{ code: 'already-true', path: 'triggers[0]' }]],
  [26.5, [{ code: 'not-true', path: 'triggers[0]', clauses: [{ left: 26.5, right: 26, distance: 0.5 }] }]],
])('what a rule waits for to become true is looked at in the instant: %s', (heat, expected) => {
  const house = new VirtualHouse({ time: begin, settings });
  const rule = compiled(`id: r\ntriggers: [{ becomes: "$state('heat') < 26" }]\nactions: [{ log: x }]\n`);
  house.publish({ topic: 'heat', payload: heat });
  house.put(rule, true);
  const about = begin + 600_000;
  const witness = new Witness({
    ...{ at: begin, settings, rule: 'r', inForce: undefined, from: begin, about, versions: [rule] },
    findVersion: () => rule,
  });
  for (const input of house.inputs) witness.give(input);
  expect(witness.finish(about + 1000)).toMatchObject(expected.map((one) => ({ ...one, at: about })));
});

/** What is told of a rule that hears what was published, asked at the end of it. */
function toldOf(text: string, said: readonly (readonly [string, unknown])[], afterMs = 1000) {
  const house = new VirtualHouse({ time: begin, settings });
  const rule = compiled(text);
  house.put(rule, true);
  for (const [topic, payload] of said) house.publish({ topic, payload });
  house.advance(afterMs);
  const about = house.clock.now();
  const witness = new Witness({
    ...{ at: begin, settings, rule: 'r', inForce: undefined, from: begin, about, versions: [rule] },
    findVersion: () => rule,
  });
  for (const input of house.inputs) witness.give(input);
  return witness.finish(about);
}

const lux = `conditions: [{ any: ['payload > 4', 'true'] }, "$state('b') < 5"`;

describe('of conditions that failed all are told, first the one that decided', () => {
  test.each([
    [
      'behind the one that decided, with its values',
      `triggers: [{ message: a }]\n${lux}, 'payload < 2', { not: ['payload = 3'] }]`,
      [
        ['conditions[1]', [{ left: 7, right: 5, distance: 2 }]],
        ['conditions[2]', [{ left: 3, right: 2 }]],
        ['conditions[3].not[0]', [{ left: 3, right: 3, wanted: false }]],
      ],
    ],
    [
      'behind `when`, with the variables of the rule',
      "triggers: [{ message: a, when: 'payload > 9' }]\nvariables: { twice: '{{ payload * 2 }}' }\nconditions: ['twice > 6']",
      [
        ['triggers[0].when', [{ left: 3, right: 9 }]],
        ['conditions[0]', [{ left: 6, right: 6 }]],
      ],
    ],
    [
      'each of a group of which none holds',
      "triggers: [{ message: a }]\nconditions: [{ any: ['payload > 8', { all: ['payload = 3', 'payload > 7'] }] }]",
      [
        ['conditions[0].any[0]', [{ right: 8 }]],
        ['conditions[0].any[1].all[1]', [{ right: 7 }]],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    const said = [
      ['b', 7],
      ['a', 3],
    ] as const;
    const [entry] = toldOf(`id: r\n${text}\nactions: [{ log: x }]\n`, said);
    if (entry?.code !== 'condition') throw new Error(JSON.stringify(entry));
    const { where, clauses, others = [] } = entry;
    const failed = [{ where, clauses }, ...others];
    expect(failed).toMatchObject(expected.map(([place, values]) => ({ where: place, clauses: values })));
    expect(failed).toHaveLength(expected.length);
  });

  test('one that gives an error with it, and what decided is the same as without a look at them', () => {
    const text =
      "id: r\ntriggers: [{ message: a }]\nconditions: ['payload > 5', 'payload']\nactions: [{ log: x }]\n";
    expect(toldOf(text, [['a', 3]])).toMatchObject([
      {
        ...{ code: 'condition', status: 'conditions-failed', where: 'conditions[0]' },
        others: [{ where: 'conditions[1]', error: { code: 'not-boolean' } }],
      },
    ]);
  });
});

describe('a trigger by the clock for which it is not time', () => {
  const at = (clock: string): number => Date.parse(`2026-05-01T${clock}Z`);

  test.each([
    ['{ at: "12:30" }', [{ code: 'not-due', path: 'triggers[0]', due: at('12:30:00') }]],
    ['{ every: 1h }', [{ code: 'not-due', path: 'triggers[0]', due: at('13:00:00') }]],
    ['{ at: "12:30", enabled: false }', []],
    ['{ at: "12:10" }', [{ code: 'ran' }]],
    ['{ message: a }, { at: "13:10" }', [{ code: 'not-due', path: 'triggers[1]', due: at('13:10:00') }]],
  ])('%s', (trigger, expected) => {
    const text = `id: r\ntriggers: [${trigger}]\nactions: [{ log: x }]\n`;
    const found = toldOf(text, [], 20 * 60_000);
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
  });

  test('of the rows of one trigger the first', () => {
    const text =
      'id: r\neach: [{ t: "14:00" }, { t: "13:00" }]\ntriggers: [{ at: "{{ params.t }}" }]\nactions: [{ log: x }]\n';
    expect(toldOf(text, [])).toMatchObject([{ code: 'not-due', due: at('13:00:00') }]);
  });
});
