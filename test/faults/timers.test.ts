// A few kills of a house with timers of all kinds pending; `npm run faults -- --timers` does any number.
import { expect, test } from 'vitest';
import { TimerKills } from './timer-kills.ts';

test('timers of all kinds outlive kill -9 and obey their policies', { timeout: 300_000 }, async () => {
  const seed = Math.floor(Math.random() * 1e6);
  const outcome = await new TimerKills({ kills: 5, timers: 200, seed }).run();
  const { lost, early, doubled, disobeyed, silent, faults, kills, armed } = outcome;
  console.log(`seed ${seed}: ${armed} timers, ${outcome.said} messages, ${outcome.late} late`);
  for (const note of outcome.notes) console.log(note);
  const clean = { lost: 0, early: 0, doubled: 0, disobeyed: 0, silent: 0, faults: [] };
  expect({ lost, early, doubled, disobeyed, silent, faults }, `seed ${seed}`).toEqual(clean);
  expect(kills).toBe(5);
  expect(armed).toBeGreaterThan(50);
});
