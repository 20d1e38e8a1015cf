// What was acknowledged is there after kill -9, a full disk and a failing fsync.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDir, noon, openHouse, retainedRow } from './house.ts';

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));
const isStrict = process.env['HOMERULE_REQUIRE_PEERS'] === '1';

/** Reads acknowledgements until `enough` came after the line `since`, then kills. What was read was promised. */
async function acknowledged(
  writer: ChildProcess,
  acks: Map<string, number>,
  { enough, since }: { readonly enough: number; readonly since?: string },
): Promise<void> {
  if (writer.stdout === null) throw new Error('the child has no output');
  let count = since === undefined ? 0 : Number.NEGATIVE_INFINITY;
  for await (const line of createInterface({ input: writer.stdout })) {
    const [key = '', value = '', end] = line.split(' ');
    if (end === 'kept') acks.set(key, Number(value));
    if (line === since) count = 0;
    if (++count === enough) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
}

function keptIn(dir: string, table: string): Map<string, number> {
  const db = new Sqlite(join(dir, 'homerule.db'));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const rows = db.prepare<[], [string, number]>(`SELECT topic, at FROM ${table}`).raw().all();
  db.close();
  return new Map(rows);
}

/** Values only grow, so the kept one must be the acknowledged one or a later one. */
function lost(acks: ReadonlyMap<string, number>, kept: ReadonlyMap<string, number>): string[] {
  return [...acks].filter(([key, value]) => (kept.get(key) ?? 0) < value).map(([key]) => key);
}

/** A reason why a tool cannot be used here, or undefined. */
function unavailable(command: string, args: readonly string[]): string | undefined {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    if (isStrict) throw error;
    return `${command} cannot be used here`;
  }
}

describe('what was acknowledged', () => {
  it('is there after kill -9 at twenty random moments', { timeout: 60_000 }, async () => {
    const dir = makeDir();
    const acks = new Map<string, number>();
    const seed = Math.floor(Math.random() * 1000);
    for (let round = 1; round <= 20; round++) {
      const number = seed * 20 + round;
      const writer = spawn(process.execPath, [child, dir, `${number}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void writer.kill('SIGKILL'));
      await acknowledged(writer, acks, { enough: 1 + ((number * 7919) % 700) });
      for (const table of ['retained', 'state']) {
        expect(lost(acks, keptIn(dir, table)), `seed ${seed}, round ${round}, ${table}`).toEqual([]);
      }
    }
    expect(acks.size).toBeGreaterThan(20);
    const { store, complaints } = await openHouse(dir, { at: Date.now() });
    const { gaps } = await store.journal.read({ from: 0, to: 1e14, limit: 1 });
    expect(gaps.filter((gap) => gap.reason === 'unclean-stop')).toHaveLength(20);
    expect(complaints).toEqual([]);
  });

  it('is never more than the disk took, and a full disk heals by itself', async (context) => {
    const dir = makeDir();
    const missing = unavailable('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', dir]);
    if (missing !== undefined) context.skip(missing);
    onTestFinished(() => void execFileSync('umount', ['-l', dir]));
    const filler = join(dir, 'filler');
    const { store, clock, complaints } = await openHouse(dir);
    writeFileSync(filler, Buffer.alloc(4 * 2 ** 20));
    const told: number[] = [];
    const put = (n: number): void => {
      store.retained.put(retainedRow(`big/${n}`, 'x'.repeat(64 * 1024)));
      store.commits.whenCommitted(store.commits.open, () => told.push(n));
    };
    for (let n = 1; n <= 30; n++) put(n);
    await store.commits.settled();
    expect(store.failure).toContain('SQLITE_FULL');
    put(31);
    store.retained.put(retainedRow('big/1', 'newer'));
    clock.advance(1000);
    await store.commits.settled();
    clock.advance(2000);
    expect(told).toEqual([]);
    await store.commits.settled();
    rmSync(filler);
    clock.advance(4000);
    await new Promise<void>((done) => store.commits.whenCommitted(store.commits.open, done));
    expect(told).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
    expect(store.failure).toBeUndefined();
    expect(complaints).toHaveLength(1);
    const rows = await store.retained.all();
    expect(rows).toHaveLength(31);
    expect(String(rows.find((row) => row.topic === 'big/1')?.payload)).toBe('newer');
    await store.stop();
    expect(keptIn(dir, 'retained').size).toBe(31);
  });

  it('is there after an fsync that failed', { timeout: 60_000 }, async (context) => {
    const missing = unavailable('strace', ['-o', '/dev/null', 'true']);
    if (missing !== undefined) context.skip(missing);
    const dir = makeDir();
    // The files are made before, so that the count below does not depend on how many schemas there were.
    await (await openHouse(dir)).store.stop();
    const acks = new Map<string, number>();
    const trace = join(makeDir(), 'trace');
    const sync = 'fsync,fdatasync';
    const options = ['-f', '-o', trace, '-e', `trace=${sync}`, '-e', `inject=${sync}:error=EIO:when=10..11`];
    const writer = spawn('strace', [...options, process.execPath, child, dir, '3'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const killAll = (): void => {
      if (writer.pid !== undefined && writer.exitCode === null && writer.signalCode === null) {
        process.kill(-writer.pid, 'SIGKILL');
      }
    };
    onTestFinished(killAll);
    writer.kill = () => {
      killAll();
      return true;
    };
    await acknowledged(writer, acks, {
      enough: 500,
      since: 'log commits to homerule.db work again',
    });
    expect(readFileSync(trace, 'utf8')).toContain('INJECTED');
    expect(acks.size).toBeGreaterThan(0);
    expect(lost(acks, keptIn(dir, 'retained'))).toEqual([]);
  });
});

it('a stop keeps what waits, lazy rows too', async () => {
  const dir = makeDir();
  const { store } = await openHouse(dir);
  store.retained.put(retainedRow('a'));
  store.meta.put({ key: 'zone', value: '"UTC"' });
  await store.stop();
  const again = await openHouse(dir, { at: noon + 1 });
  expect(await again.store.meta.all()).toEqual([{ key: 'zone', value: '"UTC"' }]);
  expect(await again.store.retained.all()).toHaveLength(1);
});
