// A dozen kills of a busy house at random moments; `npm run faults` does any number, fifty in CI.
import { expect, test } from 'vitest';
import { KillCycles } from './kill-cycles.ts';

test('what a busy house acknowledged is there after kill -9', { timeout: 180_000 }, async () => {
  const seed = Math.floor(Math.random() * 1e6);
  const outcome = await new KillCycles({ kills: 12, seed }).run();
  const { acked, received, effects, rounds, startMs, ...bad } = outcome;
  console.log(`seed ${seed}: ${acked} acknowledged, ${received} received, ${effects} effects`);
  const { lost, duplicated, disordered, missingEffects, unmarkedEffects, faults } = bad;
  const clean = { lost: 0, duplicated: 0, disordered: 0, missingEffects: 0, unmarkedEffects: 0, faults: [] };
  expect({ lost, duplicated, disordered, missingEffects, unmarkedEffects, faults }, `seed ${seed}`).toEqual(
    clean,
  );
  expect(rounds).toBe(12);
  expect(acked).toBeGreaterThan(500);
});
