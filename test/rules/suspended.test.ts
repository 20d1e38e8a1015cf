// A rule that can no longer be read, because a function that it names is gone, and can be read again later.
import { expect, test } from 'vitest';
import { RuleWorld } from '../support/rule-world.ts';

const time = Date.UTC(2026, 4, 1, 12);
const minute = 60_000;

const fan = `
id: fan
name: Fan
triggers:
  - becomes: $state('heat') > 30
    for: 10m
  - message: now
actions:
  - publish: fan
    payload: "on"
  - delay: 10m
  - publish: fan
    payload: "off"
`;

function said(world: RuleWorld): unknown[] {
  return world.published.filter(({ topic }) => topic === 'fan').map(({ payload }) => payload);
}

test('what its triggers hold goes on, when it comes back in time', () => {
  const world = new RuleWorld({ time });
  world.save(fan);
  world.publish({ topic: 'heat', payload: 31 });
  world.advance(5 * minute);
  world.change('fan', 'suspended');
  world.publish({ topic: 'now', payload: 1 });
  world.advance(minute);
  expect(said(world)).toEqual([]);
  world.change('fan', 'saved');
  world.advance(3 * minute);
  expect(said(world)).toEqual([]);
  world.advance(minute);
  expect(said(world)).toEqual(['on']);
});

test('what it holds is let go, when its time comes meanwhile', () => {
  const world = new RuleWorld({ time });
  world.save(fan);
  world.publish({ topic: 'heat', payload: 31 });
  world.change('fan', 'suspended');
  world.advance(11 * minute);
  world.change('fan', 'saved');
  world.advance(11 * minute);
  expect(said(world)).toEqual([]);
});

test('its runs end as they began', () => {
  const world = new RuleWorld({ time });
  world.save(fan);
  world.publish({ topic: 'now', payload: 1 });
  world.change('fan', 'suspended');
  world.advance(10 * minute);
  expect(said(world)).toEqual(['on', 'off']);
  expect(world.traces.map(({ status }) => status)).toEqual(['finished']);
});
