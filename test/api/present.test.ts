// How the triggers and conditions of a text stand now: verdicts, what decided, how far from turning; of unfinished texts, too.
import { describe, expect, test } from 'vitest';
import { Expressions } from '../../src/api/expressions.ts';
import type { PresentView } from '../../src/api/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const noon = Date.parse('2026-03-02T12:00:00Z');

function present(text: string): PresentView {
  const world = new RuleWorld({ time: noon });
  const { states, home, clock } = world;
  world.publish({ topic: 'home/attic/climate', payload: { celsius: 26.5, mode: 'cool' }, by: 'sensor' });
  world.publish({ topic: 'home/lux', payload: 12, by: 'sensor' });
  world.publish({ topic: 'home/door', payload: 'OPEN', by: 'sensor' });
  return new Expressions({ states, home, clock, functions: home.functions }).present(text);
}

const entryAt = (text: string, path: string) => present(text).entries.find((entry) => entry.path === path);

const climate = 'triggers:\n  - message: home/{room}/climate\n';

describe('a condition', () => {
  test.each<[condition: string, verdict: string, clause: object]>([
    ['payload.celsius > 26', 'pass', { left: 26.5, right: 26, operator: '>', distance: 0.5, wanted: false }],
    ['payload.celsius > 28', 'fail', { left: 26.5, right: 28, distance: 1.5, wanted: true }],
    ["payload.mode = 'heat'", 'fail', { left: 'cool', right: 'heat' }],
    ["payload.mode = 'COOL'", 'fail', { hint: 'case' }],
    ['payload.humidity > 60', 'unknown', { missing: ['payload.humidity'] }],
    ["$state('home/lux') < limit", 'pass', { left: 12, right: 20, distance: 8 }],
    ["params.room = 'attic'", 'pass', { left: 'attic' }],
  ])('%s: %s', (condition, verdict, clause) => {
    const text = `${climate}variables: { limit: 20 }\nconditions:\n  - ${JSON.stringify(condition)}\n`;
    const entry = entryAt(text, 'conditions[0]');
    expect(entry).toMatchObject({ verdict });
    expect(entry?.clauses?.[0]).toMatchObject(clause);
  });

  test('that gives no boolean is told as an error, and those beside it are decided', () => {
    const text = `${climate}conditions:\n  - payload.mode\n  - payload.celsius > 26\n  - payload. >\n`;
    expect(present(text).entries).toMatchObject([
      { path: 'triggers[0]', verdict: 'pass' },
      { path: 'conditions[0]', verdict: 'unknown', error: { code: 'not-boolean' } },
      { path: 'conditions[1]', verdict: 'pass' },
    ]);
  });

  test('of a group has its own place, as the group has, and so have questions among the actions', () => {
    const text = `${climate}conditions:
  - any:
      - payload.celsius > 30
      - not: [payload.mode = 'heat']
actions:
  - if: payload.celsius > 26
    then:
      - if: payload.celsius > 27
        then: [log: hot]
`;
    const verdicts = present(text).entries.map(({ path, verdict }) => [path, verdict]);
    expect(verdicts).toEqual([
      ['triggers[0]', 'pass'],
      ['conditions[0]', 'pass'],
      ['conditions[0].any[0]', 'fail'],
      ['conditions[0].any[1]', 'pass'],
      ['conditions[0].any[1].not[0]', 'fail'],
      ['actions[0].if', 'pass'],
      ['actions[0].then[0].if', 'fail'],
    ]);
  });
});

describe('a trigger', () => {
  test.each<[trigger: string, entry: object]>([
    ['message: home/lux', { verdict: 'pass', topic: 'home/lux', value: 12, heardAt: noon }],
    ['{ message: home/lux, when: payload < 10 }', { verdict: 'fail', clauses: [{ distance: 2 }] }],
    ['{ message: home/lux, origin: rule }', { verdict: 'fail', value: 'client', wanted: 'rule' }],
    ['message: home/nowhere', { verdict: 'unknown' }],
    ['{ change: home/door, to: open }', { verdict: 'fail', value: 'OPEN', wanted: 'open', hint: 'case' }],
    ['{ change: home/door, to: OPEN }', { verdict: 'pass', value: 'OPEN' }],
    ['{ change: home/attic/climate, path: celsius, notTo: 26.5 }', { verdict: 'fail', value: 26.5 }],
    ['becomes: $state("home/lux") > 20', { verdict: 'fail', clauses: [{ left: 12, distance: 8 }] }],
    ['at: "22:00"', { verdict: 'unknown', due: noon + 10 * 3_600_000 }],
    ['{ silence: home/lux, for: 10m }', { verdict: 'fail', due: noon + 600_000 }],
    ['{ device: attic-lamp, to: offline }', { verdict: 'unknown' }],
  ])('%s', (trigger, entry) => {
    expect(entryAt(`triggers:\n  - ${trigger}\n`, 'triggers[0]')).toMatchObject(entry);
  });

  test.each(['button: true', 'event: arrived', '{ message: home/lux, enabled: false }', 'nonsense: 1'])(
    '%s has nothing to say',
    (trigger) => expect(present(`triggers:\n  - ${trigger}\n`).entries).toEqual([]),
  );

  test('of many rows is told by the one that is nearest to passing', () => {
    const text =
      'each: [{ room: cellar }, { room: attic }]\ntriggers:\n  - message: home/{{ params.room }}/climate\n';
    expect(present(text).entries).toMatchObject([{ verdict: 'pass', topic: 'home/attic/climate' }]);
  });
});

test('before anything woke the rule, what is read of a message is open', () => {
  const text = 'triggers: [{ message: home/nowhere }]\nconditions: [payload = 1, "1 > 2"]\n';
  expect(present(text).entries).toMatchObject([
    { path: 'triggers[0]', verdict: 'unknown' },
    { path: 'conditions[0]', verdict: 'unknown', clauses: [{ missing: ['payload'] }] },
    { path: 'conditions[1]', verdict: 'fail' },
  ]);
});

test('says what may change it', () => {
  const text = `${climate}conditions:\n  - $state('home/lux') < $var('limit')\n`;
  expect(present(text)).toMatchObject({
    filters: ['home/+/climate', 'home/lux', 'homerule/var/limit'],
    readsDevices: false,
  });
  expect(present('conditions: [$device("lamp").on]')).toMatchObject({ readsDevices: true });
  expect(present('conditions: [$state(payload) = 1]')).not.toHaveProperty('filters');
});

test.each([
  '',
  'just text',
  '- a\n- list',
  'triggers: 5\nconditions: { any: 1, all: 2 }',
  'a: [',
  'each: 5',
  'each: $error("no")\ntriggers: [message: a]',
])('of %j says nothing and throws nothing', (text) => expect(present(text).entries).toEqual([]));
