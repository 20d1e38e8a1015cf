// Trying expressions out against a house: values, parts, problems with their places, and nothing changed by it.
import { describe, expect, test } from 'vitest';
import { Expressions } from '../../src/api/expressions.ts';
import { type EvaluateRequest, type EvaluateView, owner } from '../../src/api/index.ts';
import { functionTable } from '../../src/expression/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const actor = owner('ann');

function house(): {
  world: RuleWorld;
  ask(request: EvaluateRequest): EvaluateView;
  expressions: Expressions;
} {
  const world = new RuleWorld({ time: Date.parse('2026-03-02T12:00:00Z') });
  const { states, home, clock } = world;
  const expressions = new Expressions({ states, home, clock, functions: home.functions });
  world.publish({ topic: 'home/lux', payload: 12, by: 'sensor' });
  return { world, expressions, ask: (request) => expressions.evaluate(actor, request) };
}

describe('an expression', () => {
  test.each<[request: EvaluateRequest, view: Partial<EvaluateView>]>([
    [{ expression: "$state('home/lux') + 1" }, { value: 13, type: 'number' }],
    [{ expression: 'payload' }, { type: 'missing' }],
    [{ expression: '$time()' }, { value: '12:00:00', type: 'string' }],
    [{ expression: 'null' }, { value: null, type: 'null' }],
    [{ expression: '$uppercase' }, { type: 'function' }],
    [{ expression: '[1,2]' }, { value: [1, 2], type: 'array' }],
    [
      { expression: 'payload.x & topic & origin', message: { topic: 'a', payload: { x: 1 } } },
      { value: '1aapi' },
    ],
    [{ expression: 'payload & client', message: { topic: 'home/lux' } }, { value: '12sensor' }],
    [{ expression: 'rows[x > 1].x', input: { rows: [{ x: 1 }, { x: 2 }] } }, { value: 2 }],
    [{ expression: '$exists($)', input: null }, { value: true }],
    [{ expression: "$state('home/lux')", input: {} }, { value: 12 }],
  ])('%j gives %j', (request, view) => {
    const got = house().ask(request);
    expect(got).toMatchObject({ problems: [], ...view });
    expect('value' in got).toBe('value' in view);
  });

  test('shows the value of every part', () => {
    const { parts } = house().ask({
      expression: "$state('home/lux') < 20 and payload.x > 5",
      message: { topic: 'a', payload: { x: 1 } },
    });
    const shown = Object.fromEntries(parts.map(({ source, value }) => [source, value]));
    expect(shown).toMatchObject({ "$state('home/lux')": 12, 'payload.x': 1, 'payload.x > 5': false });
  });

  test('with errors in its text names them with their places, over several lines', () => {
    const view = house().ask({ expression: 'payload.x > 1\n  and tempratur < $stat("a")' });
    expect(view).toEqual({
      parts: [],
      problems: [
        expect.objectContaining({ code: 'unknown-name', line: 2, column: 7, start: 20, end: 29 }),
        expect.objectContaining({ code: 'unknown-function', line: 2, column: 19, suggestion: '$state' }),
      ],
    });
  });

  test('that fails says with which code, where, and how far it came', () => {
    const view = house().ask({
      expression: 'payload.x + 1',
      message: { topic: 'a', payload: { x: 'high' } },
    });
    expect(view.error).toMatchObject({ code: 'T2001', position: 11, token: '+' });
    expect(view.parts).toMatchObject([{ source: 'payload.x', value: 'high' }]);
    expect(view.type).toBeUndefined();
  });

  test('about the latest message of a topic that never spoke is refused', () => {
    const { ask } = house();
    expect(() => ask({ expression: '1', message: { topic: 'b' } })).toThrow(
      expect.objectContaining({ code: 'topic-missing' }),
    );
  });

  test('changes nothing', () => {
    const { world, ask } = house();
    ask({ expression: 'payload', message: { topic: 'b', payload: 1 } });
    expect([world.states.size, world.published, world.traces]).toEqual([1, [], []]);
  });
});

test('every function is listed once, with both languages and an example', () => {
  const items = house().expressions.functions();
  expect(items.map(({ name }) => name)).toEqual(functionTable.map(({ name }) => name));
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
  expect(items.find(({ name }) => name === 'last')).toMatchObject({ isOwn: true, signature: '<s:o>' });
  expect(items.find(({ name }) => name === 'sum')?.isOwn).toBe(false);
  for (const { en, zh, example } of items) expect([en, zh, example?.source ?? '']).not.toContain('');
});

test('a function of a plugin is listed with its source, and can be tried', () => {
  const { world, ask, expressions } = house();
  const source = 'function($n) { $n * 2 }';
  world.home.functions.set('useful', [{ name: 'useful_twice', source, en: 'doubles', zh: '加倍' }]);
  expect(expressions.functions()[0]).toEqual({
    ...{ name: 'useful_twice', source, en: 'doubles', zh: '加倍', isOwn: false },
  });
  expect(ask({ expression: '$useful_twice(21)' })).toMatchObject({ value: 42, problems: [] });
});
