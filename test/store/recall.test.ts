// Windows of time after a restart, with a real journal and a real history.
import { expect, it } from 'vitest';
import { Payload, recallPast, type StateRow, TopicStates } from '../../src/devices/index.ts';
import { MapRows } from '../support/rule-world.ts';
import { makeDir, noon, openHouse } from './house.ts';
import { dayMs, said, tended } from './series-cases.ts';

const limits = { topics: 100, payloadBytes: 10_000, topicsPerClient: 100 };

it('a value of a week ago and figures of ten days are known after a restart', {
  timeout: 60_000,
}, async () => {
  const dir = makeDir();
  const house = await openHouse(dir, { at: noon - dayMs });
  const states = new TopicStates(new MapRows<StateRow>((row) => row.topic), limits);
  const say = (topic: string, value: unknown, at: number): void => {
    const input = said(topic, value, at);
    if (input.kind !== 'message') return;
    house.store.journal.append(input);
    states.update(input, new Payload(input.payload));
  };
  for (let hour = 12 * 24; hour > 24; hour--) {
    const at = noon - hour * 3_600_000;
    say('heating', hour % 48 < 24 ? 'ON' : 'OFF', at);
    say('room', { climate: { celsius: 20 + (hour % 24) / 10 } }, at);
    for (let n = 0; n < 100; n++) say(`noise/${n % 10}`, n, at + n);
  }
  await tended(house);
  await house.store.stop();
  const { store, clock } = await openHouse(dir, { at: noon });
  const { past } = states;
  const look = (path?: string) => ({ topic: path === undefined ? 'heating' : 'room', ...(path && { path }) });
  past.watch({ ...look(), now: noon }, 10 * dayMs);
  past.watch({ ...look('climate.celsius'), now: noon }, 10 * dayMs);
  await recallPast({
    past,
    journal: store.journal,
    history: store.history,
    clock,
    find: (topic) => states.find(topic),
  });
  const ago = (days: number) => noon - days * dayMs;
  const at = (days: number, path?: string) => past.valueAt({ ...look(path), now: noon }, ago(days));
  expect([at(7), at(9.9), at(6)]).toEqual(['ON', 'OFF', 'ON'].map((_, n) => stateOf([7, 9.9, 6][n] ?? 0)));
  expect(at(7.25, 'climate.celsius')).toBeCloseTo(20 + ((7.25 * 24) % 24) / 10, 9);
  const view = past.over(
    { ...look('climate.celsius'), now: noon },
    { from: ago(10), to: noon, isEndIncluded: true },
  );
  // The house was stopped for the last day, but for the hour in which it went on.
  expect(view).toMatchObject({ count: 9 * 24, min: 20, max: 22.3 });
  expect(view.coverage).toBeGreaterThan(0.89);
  expect(view.coverage).toBeLessThan(0.92);
});

/** What was said at the hour before. */
function stateOf(days: number): string {
  const hour = Math.ceil(days * 24);
  return hour % 48 < 24 ? 'ON' : 'OFF';
}
