// A machine may need many seconds from reading what waits to open listeners: nobody can be told of anything before.
import { expect, test } from 'vitest';
import type { CallRow, EffectRow } from '../../src/rules/index.ts';
import { RuleWorld } from '../support/rule-world.ts';

const graceMs = 1500;
const starts = [0, graceMs, 16_000];

function houseWith(rule: string): RuleWorld {
  const world = new RuleWorld({ time: Date.parse('2026-03-02T12:00:00Z') });
  world.save(rule);
  return world;
}

/** Committed, and perhaps not sent. */
function effect(id: string): EffectRow {
  const payload = new TextEncoder().encode(id);
  return { id, rule: 'r', run: 'run', at: 0, topic: 'lamp', payload, qos: 2, retain: false, options: null };
}

const said = ({ published }: RuleWorld): unknown[] =>
  published.map(({ payload, isRepeated }) => (isRepeated ? `${String(payload)} again` : payload));

test.each(starts)(
  'effects of before are kept until listeners opened, %i ms later, and devices came',
  (ms) => {
    const world = houseWith(
      '{ id: r, triggers: [{ message: p }], actions: [{ publish: lamp, payload: new }] }',
    );
    world.rows.effects.put(effect('old'));
    world.restart(1000, () => world.clock.advance(ms));
    world.publish({ topic: 'p', payload: 1, qos: 1 });
    world.advance(graceMs - 1);
    expect([said(world), world.rows.effects.rows.has('old')]).toEqual([[], true]);
    world.advance(1);
    expect([said(world), world.rows.effects.rows.size]).toEqual([['old again', 'new'], 0]);
  },
);

test('what a rule does before listeners are open is done when they are', async () => {
  const world = houseWith(
    '{ id: r, triggers: [{ event: woke }], actions: [{ publish: lamp, payload: new }] }',
  );
  let before: unknown;
  world.restart(1000, () => {
    world.live.noticed('woke', null);
    world.live.releases.flush();
    before = said(world);
  });
  expect([before, said(world)]).toEqual([[], ['new']]);
});

test.each(starts)('calls of before are made again after listeners opened, %i ms later', async (ms) => {
  const world = houseWith('{ id: r, triggers: [{ message: p }], actions: [{ log: x }] }');
  const asked: string[] = [];
  world.services.set('http', async (_, { id }) => void asked.push(id));
  const call: CallRow = {
    id: 'call',
    rule: 'r',
    run: 'run',
    at: 0,
    service: 'http',
    request: '{}',
    isIdempotent: true,
    isSecret: false,
  };
  world.rows.calls.put(call);
  world.restart(1000, () => world.clock.advance(ms));
  world.advance(graceMs - 1);
  await Promise.resolve();
  expect(asked).toEqual([]);
  world.advance(1);
  await Promise.resolve();
  expect(asked).toEqual(['call']);
});

const waits = {
  'a delay':
    '{ id: r, triggers: [{ message: p }], actions: [{ delay: 2s }, { publish: lamp, payload: new }] }',
  'a hold': '{ id: r, triggers: [{ change: p, for: 2s }], actions: [{ publish: lamp, payload: new }] }',
};

test.each(Object.entries(waits).flatMap(([what, rule]) => starts.map((ms) => [what, ms, rule] as const)))(
  '%s that came due meanwhile waits for devices after listeners opened, %i ms later',
  (_, ms, rule) => {
    const world = houseWith(rule);
    world.publish({ topic: 'p', payload: 1 });
    world.restart(3000, () => world.clock.advance(ms));
    world.advance(graceMs - 1);
    expect(said(world)).toEqual([]);
    world.advance(1);
    expect(said(world)).toEqual(['new']);
  },
);

test.each(Object.values(waits))(
  'what comes due just after listeners opened waits for devices, too',
  (rule) => {
    const world = houseWith(rule);
    world.publish({ topic: 'p', payload: 1 });
    world.restart(1000, () => world.clock.advance(999));
    world.advance(graceMs - 1);
    expect(said(world)).toEqual([]);
    world.advance(1);
    expect(said(world)).toEqual(['new']);
  },
);

test.each(Object.values(waits))('what came due before listeners opened obeys `overdue`', (rule) => {
  const world = houseWith(rule.replace('{ id: r', '{ id: r, overdue: skip'));
  world.publish({ topic: 'p', payload: 1 });
  world.restart(0, () => world.clock.advance(16_000));
  world.advance(60_000);
  expect(said(world)).toEqual([]);
  expect(world.traces.map(({ reason }) => reason)).toEqual(['overdue']);
});
