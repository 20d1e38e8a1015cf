// Backtests: what a rule would have done is what it did, and between two versions exactly what differs.
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { filterOf, usualFilterOf } from '../../src/rules/backtest/audience.ts';
import type { BacktestOptions } from '../../src/rules/backtest/backtest.ts';
import type { BacktestFiring } from '../../src/rules/backtest/result.ts';
import type { CompiledRule } from '../../src/rules/index.ts';
import { simulatedDay } from '../fixtures/simulated-day/day.ts';
import { backtest, bare, compiled, dayMs, hot, livedFirings, rules, time } from '../support/backtests.ts';
import { RuleWorld } from '../support/rule-world.ts';

function live(seed: number, days: number, documents: readonly object[] = rules): RuleWorld {
  const world = new RuleWorld({ time });
  for (const rule of documents) world.save(stringify(rule));
  for (const { after, topic, payload, isRetained } of simulatedDay(seed, days)) {
    world.clock.advanceTo(time + after);
    world.publish({ topic, payload, retain: isRetained });
  }
  world.clock.advanceTo(time + days * dayMs);
  return world;
}

/** What is kept of the house between two inputs. */
function ground(world: RuleWorld, at: number): BacktestOptions['ground'] {
  const { states, variables, runs, triggers, captures } = world.rows;
  const rows = { states, variables, runs, triggers, captures };
  const given = Object.fromEntries(
    Object.entries(rows).map(([name, kept]) => [name, [...kept.rows.values()]]),
  );
  const inForce = rules.map((rule, index) => ({
    id: Reflect.get(rule, 'id'),
    version: index + 1,
    enabled: true,
  }));
  const firstSeq = (world.inputs.at(-1)?.seq ?? 0) + 1;
  return { ...bare, at, firstSeq, given, inForce };
}

const houses = [1, 2].map((seed) => ({ seed, world: live(seed, 2) }));

describe.each(houses)('a house of seed $seed', ({ world }) => {
  const to = time + 2 * dayMs;
  const others = rules.map((rule, index) => compiled(rule, index + 1));

  test.each(rules.map((rule) => Reflect.get(rule, 'id') as string))('%s does what it did', (id) => {
    const rule = others.find((each) => each.id === id);
    if (rule === undefined) throw new Error(id);
    const result = backtest(world.inputs, { rule, others, to });
    const ended = result.firings.filter(({ outcome }) => outcome !== 'waiting');
    expect(ended).toEqual(livedFirings(world, id));
    expect(JSON.stringify(backtest(world.inputs, { rule, others, to }))).toBe(JSON.stringify(result));
    expect(JSON.stringify(backtest(world.inputs, { rule, others, to }, true))).toBe(JSON.stringify(result));
  });
});

test('every kind of rule ran in one of the houses', () => {
  const ran = new Set(houses.flatMap(({ world }) => world.traces.map(({ rule }) => rule)));
  expect(ran).toEqual(new Set(rules.map((rule) => Reflect.get(rule, 'id'))));
});

test('another threshold adds and removes exactly the runs that differ', () => {
  const world = live(4, 7);
  const to = time + 7 * dayMs;
  const [before, after] = [hot(20.5), hot(21.5)].map((rule, index) => compiled(rule, index + 1));
  if (before === undefined || after === undefined) throw new Error('no rule');
  const result = backtest(world.inputs, { rule: after, against: before, to });
  const firingsOf = (rule: CompiledRule) => backtest(world.inputs, { rule, to }).firings;
  const keys = (firings: readonly BacktestFiring[]) => firings.map(({ at }) => at);
  const [was, is] = [keys(firingsOf(before)), keys(firingsOf(after))];
  expect(was.length).toBeGreaterThan(0);
  expect(keys(result.difference?.added ?? [])).toEqual(is.filter((at) => !was.includes(at)));
  expect(keys(result.difference?.removed ?? [])).toEqual(was.filter((at) => !is.includes(at)));
  expect(result.difference?.counts.removed).toBeGreaterThan(0);
  expect(result.difference?.changed).toEqual([]);
  expect(backtest(world.inputs, { rule: after, against: after, to }).difference?.counts).toEqual({
    ...{ added: 0, removed: 0, changed: 0 },
  });
}, 120_000);

test('from a snapshot it goes on as the house did: what waited, what was held, what was remembered', () => {
  const world = new RuleWorld({ time });
  for (const rule of rules) world.save(stringify(rule));
  const others = rules.map((rule, index) => compiled(rule, index + 1));
  const lines = simulatedDay(5, 2);
  let taken: BacktestOptions['ground'] | undefined;
  let from = 0;
  for (const { after, topic, payload, isRetained } of lines) {
    world.clock.advanceTo(time + after);
    if (taken === undefined && after > dayMs / 2 && world.rows.runs.rows.size > 0) {
      from = world.clock.now();
      taken = ground(world, from);
    }
    world.publish({ topic, payload, retain: isRetained });
  }
  const to = time + 2 * dayMs;
  world.clock.advanceTo(to);
  if (taken === undefined) throw new Error('nothing waited');
  expect([...(taken.given.runs ?? [])].length).toBeGreaterThan(0);
  const later = world.inputs.filter(({ seq }) => seq >= (taken?.firstSeq ?? 0));
  const asksThePast = ['washer-done'];
  for (const rule of others.filter(({ id }) => !asksThePast.includes(id))) {
    const result = backtest(later, { rule, others, from, to, ground: taken });
    const ended = result.firings.filter(({ outcome }) => outcome !== 'waiting');
    expect([rule.id, ended]).toEqual([rule.id, livedFirings(world, rule.id).filter(({ at }) => at >= from)]);
  }
}, 120_000);

describe('the outside', () => {
  const asking = {
    id: 'ask',
    triggers: [{ message: 'ask' }],
    actions: [{ http: 'http://api.local/{{ payload }}' }, { publish: 'told', payload: '{{ http.body }}' }],
  };

  test('answers as it did when it was asked the same, and else nobody knows', async () => {
    const world = new RuleWorld({ time });
    world.services.set('http', async () => ({ status: 200, headers: {}, body: 'yes' }));
    world.save(stringify(asking));
    world.publish({ topic: 'ask', payload: 'a' });
    await expect.poll(() => world.published).toHaveLength(1);
    const answers = world.inputs.filter((input) => input.kind === 'answer');
    const rule = compiled(asking, 1);
    const same = backtest(world.inputs, { rule, ground: { ...bare, answers } });
    expect(same.firings).toMatchObject([
      { outcome: 'finished', effects: [{ kind: 'call' }, { topic: 'told', payload: 'yes' }] },
    ]);
    expect(same.incomplete).toEqual([]);
    const draft = compiled({ ...asking, actions: [{ http: 'http://api.local/other' }] }, 2);
    const other = backtest(world.inputs, { rule: draft, ground: { ...bare, answers } });
    expect(other.firings).toMatchObject([{ outcome: 'failed', error: { code: 'unknown-answer' } }]);
    expect(other.incomplete).toMatchObject([{ reason: 'unknown-answers', count: 1 }]);
  });
});

test('what others did by hand is held against what the rule would have done', () => {
  const world = new RuleWorld({ time });
  const said = (topic: string, payload: unknown, afterMs = 60_000): void => {
    world.advance(afterMs);
    world.publish({ topic, payload });
  };
  said('motion', 'on');
  said('lamp/set', 'ON');
  said('motion', 'on', 3_600_000);
  said('lamp/set', 'OFF');
  said('lamp/set', 'ON', 3_600_000);
  said('other/set', 'ON');
  const rule = compiled(
    { triggers: [{ message: 'motion' }], id: 'r', actions: [{ publish: 'lamp/set', payload: 'ON' }] },
    1,
  );
  const { agreement } = backtest(world.inputs, { rule });
  expect(agreement).toMatchObject({ matched: 1, contradicted: 1, missed: 1 });
  expect(agreement.byHand.map(({ payload, verdict }) => [payload, verdict])).toEqual([
    ['ON', 'matched'],
    ['OFF', 'contradicted'],
    ['ON', 'missed'],
  ]);
});

test('a house without a rule lacks what others do because of it', () => {
  const chain = (id: string, from: string, to: string): object => ({
    ...{ id, triggers: [{ message: from }], actions: [{ publish: to, payload: 1 }] },
  });
  const documents = [chain('one', 'a', 'b'), chain('two', 'b', 'c'), chain('three', 'x', 'y')];
  const world = new RuleWorld({ time });
  for (const document of documents) world.save(stringify(document));
  world.publish({ topic: 'a', payload: 1 });
  world.publish({ topic: 'x', payload: 1 });
  const others = documents.map((document, index) => compiled(document, index + 1));
  const [rule] = others;
  if (rule === undefined) throw new Error('no rule');
  const { firings, difference } = backtest(world.inputs, { rule, others, against: 'off' });
  expect(firings.map((firing) => firing.rule)).toEqual(['one']);
  expect(difference?.added.map((firing) => firing.rule)).toEqual(['one', 'two']);
  expect(difference?.removed).toEqual([]);
});

test('nothing of the tested rule in the record counts, what it does now is heard by itself', () => {
  const loop = (most: number): object => ({
    id: 'count',
    mode: 'parallel',
    triggers: [{ message: 'n', when: `payload < ${most}` }],
    actions: [{ publish: 'n', payload: '{{ payload + 1 }}' }],
  });
  const world = new RuleWorld({ time });
  world.save(stringify(loop(3)));
  world.publish({ topic: 'n', payload: 0 });
  const result = backtest(world.inputs, { rule: compiled(loop(5), 2), against: compiled(loop(3), 1) });
  expect(result.fired).toBe(5);
  expect(result.difference?.counts).toEqual({ added: 2, removed: 0, changed: 0 });
});

test('chance falls as it fell where an input of the record woke the rule', () => {
  const other = { id: 'other', triggers: [{ message: '#' }], actions: [{ emit: 'noise' }] };
  const dice = {
    id: 'dice',
    triggers: [{ message: 'go' }],
    actions: [{ delay: '1s' }, { publish: 'told', payload: '{{ [$random(), $shuffle([1, 2, 3, 4])] }}' }],
  };
  const world = new RuleWorld({ time });
  for (const document of [other, dice]) world.save(stringify(document));
  for (const payload of [1, 2, 3]) {
    for (const topic of ['else', 'go']) world.publish({ topic, payload });
    world.advance(2000);
  }
  const lived = livedFirings(world, 'dice');
  expect(lived).toHaveLength(3);
  const draft = compiled(dice, 1);
  expect(backtest(world.inputs, { rule: draft }).firings).toEqual(lived);
});

test('the topics of a template are one filter', () => {
  const filters = (topic: string): readonly string[] => {
    const { touches } = compiled(
      { id: 'r', triggers: [{ message: '{a}/x' }], actions: [{ publish: topic, payload: 1 }] },
      1,
    );
    return touches.flatMap((touch) =>
      touch.does === 'publish' ? [filterOf(touch.topic), usualFilterOf(touch.topic)] : [],
    );
  };
  expect(filters('lamp/set')).toEqual(['lamp/set', 'lamp/set']);
  expect(filters('home/{{ params.a }}/lamp')).toEqual(['home/#', 'home/+/lamp']);
  expect(filters('{{ params.a }}/lamp-{{ params.a }}')).toEqual(['#', '+/+']);
  expect(filters('home/{{ payload.room }}/lamp')).toEqual(['home/#', 'home/#']);
});
