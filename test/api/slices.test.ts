// Going through the past lets the house have its turns: by the work that was done, not by the number of inputs.
import { expect, test } from 'vitest';
import { SlicedInputs } from '../../src/api/inquiries/slices.ts';
import type { Input } from '../../src/rules/index.ts';

const pageSize = 1000;

async function* pages(count: number): AsyncGenerator<readonly Input[]> {
  for (let from = 0; from < count; from += pageSize)
    yield Array.from({ length: Math.min(pageSize, count - from) }, (_, n) => {
      return { kind: 'timer', seq: from + n, at: 0, run: 'r' } satisfies Input;
    });
}

/** Gone through with so much work for each; how long nobody else had a turn. */
async function gone(count: number, workMs: number) {
  let now = 0;
  let turn = 0;
  const stretches: number[] = [];
  const clock = {
    monotonic: () => now,
    soon: (run: () => void) => {
      stretches.push(now - turn);
      now += 50; // others take their time
      turn = now;
      queueMicrotask(run);
      return () => undefined;
    },
  };
  const seen: number[] = [];
  for await (const slice of new SlicedInputs(pages(count), clock))
    for (const { seq } of slice) {
      seen.push(seq);
      now += workMs;
    }
  stretches.push(now - turn);
  return { seen, turns: stretches.length - 1, longest: Math.max(...stretches) };
}

test.each([0.01, 0.044, 0.124])('nobody waits longer than 8 ms where each input takes %d ms', async (ms) => {
  const { seen, longest, turns } = await gone(2500, ms);
  expect(seen).toEqual(Array.from({ length: 2500 }, (_, n) => n));
  expect(longest).toBeLessThanOrEqual(8);
  expect(turns).toBeGreaterThanOrEqual(Math.floor((2500 * ms) / 8));
});

test('what costs nothing is not held up', async () => {
  expect(await gone(2500, 0)).toMatchObject({ turns: 0 });
});
