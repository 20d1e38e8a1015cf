// Opening a data folder: who may, what is refused, what is put aside, what is never deleted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { takeLock } from '../../src/store/index.ts';
import { openFile } from '../../src/store/sqlite/open-file.ts';
import { makeDir, noon, openHouse, retainedRow } from './house.ts';

const corruptions: Readonly<Record<string, (path: string) => void>> = {
  'its header is zeroed': (path) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 0, 100));
  },
  'it is another kind of file': (path) => writeFileSync(path, 'To whom it may concern: this is no database.'),
  'a page in its middle is garbage': (path) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 4096, 8192));
  },
  'it is cut in half': (path) => truncateSync(path, 4096 * 3),
};

async function filledDir(): Promise<string> {
  const dir = makeDir();
  const { store } = await openHouse(dir);
  for (let i = 0; i < 500; i++) store.retained.put(retainedRow(`home/${i}`, 'x'.repeat(200)));
  await store.stop();
  return dir;
}

function setSchema(path: string, version: number): void {
  const db = new Sqlite(path);
  db.prepare('INSERT INTO schema_version VALUES (?, 0)').run(version);
  db.close();
}

describe('a data folder', () => {
  it('is made for its owner only', async () => {
    const dir = join(makeDir(), 'deep', 'data');
    const { store, committed } = await openHouse(dir);
    store.retained.put(retainedRow('a'));
    await committed();
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    const modes = readdirSync(dir).map((name) => [name, statSync(join(dir, name)).mode & 0o777]);
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
    expect(modes.map(([name]) => name)).toContain('homerule.db-wal');
  });

  it('has a log that is empty after a clean stop', async () => {
    const dir = await filledDir();
    expect(existsSync(join(dir, 'homerule.db-wal'))).toBe(false);
    expect(readdirSync(dir).sort()).toEqual(['history.db', 'homerule.db', 'lock.db']);
  });

  it('never gives a sequence number twice, not even when homerule.db is lost', async () => {
    const dir = makeDir();
    const firsts: number[] = [];
    for (const round of [1, 2, 3]) {
      const { store } = await openHouse(dir);
      firsts.push(await store.nextSeqBlock());
      await store.stop();
      if (round === 2) writeFileSync(join(dir, 'homerule.db'), 'lost');
    }
    const [first = 0, second = 0, third = 0] = firsts;
    expect(second - first).toBe(1e9);
    expect(third).toBeGreaterThanOrEqual(second + 1e9);
  });
});

describe('a corrupt file', () => {
  it.each(Object.entries(corruptions))('is put aside and kept when %s', async (_how, corrupt) => {
    const dir = await filledDir();
    corrupt(join(dir, 'homerule.db'));
    const { store, complaints } = await openHouse(dir);
    expect(await store.retained.all()).toEqual([]);
    expect(store.counters()).toMatchObject({ storeRecoveredFiles: 1 });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(
      /^homerule\.db could not be read .* kept as homerule\.db\.corrupt-2026-01-15T12-00-00/,
    );
    store.retained.put(retainedRow('new'));
    expect(await store.retained.all()).toHaveLength(1);
    expect(readdirSync(dir).filter((name) => name.includes('.corrupt-'))).toHaveLength(1);
  });

  it('of history leaves the truth alone and a gap in the journal', async () => {
    const dir = await filledDir();
    writeFileSync(join(dir, 'history.db'), 'x'.repeat(5000));
    const { store, complaints } = await openHouse(dir);
    expect(await store.retained.all()).toHaveLength(500);
    const { gaps } = await store.journal.read({ from: 0, to: noon, limit: 1 });
    expect(gaps).toEqual([{ from: 0, to: noon, reason: 'set-aside', lost: null }]);
    expect(complaints).toHaveLength(1);
  });
});

describe('a file that cannot be used', () => {
  it.each(['homerule.db', 'history.db'])(
    'because a newer version wrote %s is left as it is',
    async (name) => {
      const dir = await filledDir();
      setSchema(join(dir, name), 99);
      const before = readFileSync(join(dir, name));
      await expect(openHouse(dir)).rejects.toMatchObject({
        code: 'store-newer',
        kind: 'conflict',
        message: expect.stringContaining('schema 99'),
      });
      expect(readFileSync(join(dir, name)).equals(before)).toBe(true);
      takeLock(dir, noon).release();
    },
  );

  it('because it is a folder is named in the error', async () => {
    const dir = makeDir();
    mkdirSync(join(dir, 'homerule.db'));
    await expect(openHouse(dir)).rejects.toMatchObject({
      code: 'store-unopenable',
      message: expect.stringContaining(join(dir, 'homerule.db')),
    });
  });
});

describe('a migration', () => {
  const first = 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);';
  const open = async (path: string, migrations: readonly string[]) => {
    const spec = { path, synchronous: 'FULL' as const, migrations, mayStartFresh: false };
    const { db } = await openFile(spec, noon);
    onTestFinished(() => void db.close());
    return db;
  };
  const values = (path: string): unknown[] => {
    const db = new Sqlite(path);
    const found = db.prepare('SELECT x FROM a').pluck().all();
    db.close();
    return found;
  };

  it('keeps the data and a backup of what was there', async () => {
    const path = join(makeDir(), 'x.db');
    (await open(path, [first])).close();
    (await open(path, [first, 'UPDATE a SET x = x + 1;', 'UPDATE a SET x = x * 10;'])).close();
    expect(values(path)).toEqual([20]);
    const backup = `${path}.backup-2026-01-15T12-00-00.000Z-schema1`;
    expect(values(backup)).toEqual([1]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
  });

  it('that fails leaves the step before it, and the next start goes on from there', async () => {
    const path = join(makeDir(), 'x.db');
    (await open(path, [first])).close();
    const broken = [first, 'UPDATE a SET x = 7;', 'UPDATE a SET x = 8; UPDATE nothing SET x = 9;'];
    await expect(open(path, broken)).rejects.toMatchObject({ code: 'store-migration-failed' });
    expect(values(path)).toEqual([7]);
    (await open(path, [first, 'UPDATE a SET x = 7;', 'UPDATE a SET x = x + 1;'])).close();
    expect(values(path)).toEqual([8]);
  });

  it('is not run twice, and a new file needs no backup', async () => {
    const dir = makeDir();
    const path = join(dir, 'x.db');
    const twice = [first, 'UPDATE a SET x = x + 1;'];
    (await open(path, twice)).close();
    (await open(path, twice)).close();
    expect(values(path)).toEqual([2]);
    expect(readdirSync(dir)).toEqual(['x.db']);
  });
});

describe('the lock', () => {
  it('lets one store in and names it to the second', async () => {
    const { store, dir } = await openHouse();
    await expect(openHouse(dir)).rejects.toMatchObject({
      code: 'data-in-use',
      kind: 'conflict',
      details: { pid: process.pid, startedAt: noon },
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await store.stop();
    const again = await openHouse(dir);
    expect(again.store.failure).toBeUndefined();
  });

  it('is held against another process and ends with its death', async () => {
    const dir = makeDir();
    const path = fileURLToPath(new URL('./kill-child.ts', import.meta.url));
    const child = spawn(process.execPath, [path, dir, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(() => takeLock(dir, noon)).toThrowError(
      expect.objectContaining({ code: 'data-in-use', details: expect.objectContaining({ pid: child.pid }) }),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    takeLock(dir, noon).release();
  });
});
