// History after kill -9: what was kept is there, series and journal say the same, and the lost tail is a gap.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/store/index.ts';
import { makeDir, openHouse } from '../store/house.ts';
import { always, samplesOf } from '../store/series-cases.ts';

const child = fileURLToPath(new URL('./history-child.ts', import.meta.url));

/** Kills the writer after so many acknowledgements; gives the last number of which it was said that it is kept. */
async function killed(args: readonly (string | number)[], acknowledgements: number): Promise<number> {
  const writer = spawn(process.execPath, [child, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  let kept = -1;
  let count = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    if (line.startsWith('kept ')) kept = Number(line.slice(5));
    if (++count === acknowledgements) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  return kept;
}

interface Said {
  readonly at: number;
  readonly topic: string;
  readonly n: number;
  readonly on: boolean;
}

async function journalled(store: Store): Promise<Said[]> {
  const { inputs } = await store.journal.read({ ...always, limit: 1e6 });
  return inputs.flatMap((input) => {
    if (input.kind !== 'message') return [];
    const { n, on }: { n: number; on: boolean } = JSON.parse(String(input.payload));
    return [{ at: input.at, topic: input.topic, n, on }];
  });
}

it('is what the journal says, up to the last acknowledgement, after each of ten kills', {
  timeout: 120_000,
}, async () => {
  const dir = makeDir();
  const seed = Math.floor(Math.random() * 1000);
  const since = Date.now() - 5 * 86_400_000;
  let next = 0;
  for (let round = 1; round <= 10; round++) {
    const kept = await killed([dir, next, since], 1 + ((seed + round * 7919) % 60));
    const { store, complaints } = await openHouse(dir, { at: Date.now() });
    const all = await journalled(store);
    const about = `seed ${seed}, round ${round}`;
    expect(all.at(-1)?.n, about).toBeGreaterThanOrEqual(kept);
    expect(new Set(all.map(({ n }) => n)).size, about).toBe(all.length);
    for (const topic of ['sensor/0', 'sensor/1', 'sensor/2']) {
      const mine = all.filter((one) => one.topic === topic);
      const series = (path: string) => samplesOf(store.history, topic, path);
      expect(await series('n'), about).toEqual(mine.map(({ at, n }) => ({ at, value: n })));
      expect(await series('on'), about).toEqual(mine.map(({ at, on }) => ({ at, value: on })));
    }
    const { gaps } = await store.journal.read({ from: Date.now() - 600_000, to: 1e14, limit: 1 });
    expect(gaps.filter((gap) => gap.reason === 'unclean-stop').length, about).toBe(round);
    expect(complaints, about).toEqual([]);
    await store.stop();
    next = (all.at(-1)?.n ?? 0) + 1;
  }
});
