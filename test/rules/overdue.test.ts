// `overdue` speaks of what came due while the house was down; a house that is up and busy is late, and no more.
import { expect, test } from 'vitest';
import { RuleWorld } from '../support/rule-world.ts';

const waits = {
  'a delay': '{ id: r, overdue: skip, triggers: [{ message: p }], actions: [{ delay: 10m }] }',
  'a hold': '{ id: r, overdue: skip, triggers: [{ change: p, for: 10m }], actions: [{ log: x }] }',
  'a delay behind a wait':
    '{ id: r, overdue: skip, triggers: [{ message: p }], actions: [{ wait: { message: q } }, { delay: 9m }] }',
};

test.each(Object.entries(waits))('%s that a busy house reaches late is not overdue', (_, rule) => {
  const world = new RuleWorld({ time: Date.parse('2026-03-02T12:00:00Z') });
  world.save(rule);
  world.publish({ topic: 'p', payload: 1 });
  world.restart(60_000);
  world.publish({ topic: 'q', payload: 1 });
  const [timer] = [...world.rows.runs.rows.keys(), ...world.rows.triggers.rows.keys()];
  if (timer === undefined) throw new Error('nothing waits');
  world.decide({ kind: 'timer', at: world.clock.now() + 540_000 + 5000, run: timer });
  expect(world.traces.map(({ status, reason }) => [status, reason])).toEqual([['finished', undefined]]);
});
