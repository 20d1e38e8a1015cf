// Backups: whole under load and after kill -9, refused when damaged or newer, and the way back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../src/base/index.ts';
import {
  Backups,
  backUpFolder,
  finishRestore,
  listBackups,
  previewFolder,
  restoreFolder,
} from '../../src/store/index.ts';
import { type House, makeDir, noon, openHouse, retainedRow } from './house.ts';

const child = fileURLToPath(new URL('./backup-child.ts', import.meta.url));
const utc = {
  date: (at: number) => new Date(at).toISOString().slice(0, 10),
  time: (at: number) => new Date(at).toISOString().slice(11, 19),
};

async function backupsOf({ store, dir, clock }: House, settings = {}): Promise<Backups> {
  const copy: Store['copyInto'] = (folder, names) => store.copyInto(folder, names);
  const options = {
    dir,
    version: '1.2.3',
    clock,
    log: silentLogger,
    keep: 2,
    from: undefined,
    local: utc,
    copy,
  };
  const backups = new Backups({ ...options, ...settings });
  await backups.start();
  onTestFinished(() => backups.stop());
  return backups;
}
type Store = House['store'];

function putRule({ store }: House, id: string, version: number): void {
  store.rules.put({ id, version, enabled: true });
  const text = { source: `id: ${id}\n# ${version}`, document: '{}', author: 'owner', note: '' };
  store.ruleVersions.put({ rule: id, version, ...text, savedAt: noon });
}

const folderOf = ({ dir }: House, id: string): string => join(dir, 'backups', id);

function values(path: string): unknown[] {
  const db = new Sqlite(path, { readonly: true });
  const rows = db.prepare<[], unknown>('SELECT id FROM rules ORDER BY id').pluck().all();
  db.close();
  return rows;
}

describe('a backup', () => {
  it('is whole and consistent while commits go on', async () => {
    const house = await openHouse();
    const backups = await backupsOf(house);
    const payload = 'x'.repeat(4000);
    for (let i = 0; i < 2000; i++) house.store.retained.put(retainedRow(`old/${i}`, payload));
    await house.committed();
    let isDone = false;
    let slowest = 0;
    let commits = 0;
    const made = backups.make({ history: true }).finally(() => {
      isDone = true;
    });
    for (let i = 0; !isDone; i++) {
      // Two rows of one batch: a copy has both or none.
      house.store.retained.put(retainedRow('pair/a', `${i}`));
      house.store.retained.put(retainedRow('pair/b', `${i}`));
      const before = performance.now();
      await house.committed();
      slowest = Math.max(slowest, performance.now() - before);
      commits++;
    }
    const view = await made;
    expect(view).toMatchObject({ hasHistory: true, hasKey: false, reason: 'asked', version: '1.2.3' });
    expect(commits).toBeGreaterThan(5);
    expect(slowest).toBeLessThan(2000);
    const db = new Sqlite(join(folderOf(house, view.id), 'homerule.db'), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const pair = db.prepare("SELECT payload FROM retained WHERE topic LIKE 'pair/%'").pluck().all();
    expect(String(pair[0])).toBe(String(pair[1]));
    expect(db.prepare("SELECT count(*) FROM retained WHERE topic LIKE 'old/%'").pluck().get()).toBe(2000);
    db.close();
    console.info(`${view.bytes} bytes, ${commits} commits meanwhile, the slowest ${slowest.toFixed(1)} ms`);
  });

  it('holds no logins, and the key only when it was asked for', async () => {
    const house = await openHouse();
    const login = { user: 'anna', password: 'p', address: '', browser: null, createdAt: noon, seenAt: noon };
    house.store.logins.put({ key: 'k', ...login });
    house.store.secrets.put({ name: 'gate', value: 'sesame', changedAt: noon });
    await house.committed();
    const backups = await backupsOf(house);
    const plain = await backups.make({});
    house.clock.advance(1);
    const keyed = await backups.make({ withKey: true });
    const db = new Sqlite(join(folderOf(house, plain.id), 'homerule.db'), { readonly: true });
    expect(db.prepare('SELECT count(*) FROM logins').pluck().get()).toBe(0);
    db.close();
    expect(readdirSync(folderOf(house, plain.id)).sort()).toEqual(['homerule.db', 'manifest.json']);
    expect(readdirSync(folderOf(house, keyed.id))).toContain('secret.key');
    expect((await backups.preview(plain.id)).canReadSecrets).toBe(true);
    unlinkSync(join(house.dir, 'secret.key'));
    expect((await backups.preview(plain.id)).canReadSecrets).toBe(false);
    expect((await backups.preview(keyed.id)).canReadSecrets).toBe(true);
  });

  it('takes flows and configuration along, but follows no link', async () => {
    const house = await openHouse();
    writeFileSync(join(house.dir, 'homerule.yaml'), 'host: 0.0.0.0\n');
    mkdirSync(join(house.dir, 'nodered/node_modules/other'), { recursive: true });
    writeFileSync(join(house.dir, 'nodered/node_modules/other/index.js'), '');
    writeFileSync(join(house.dir, 'nodered/flows.json'), '[]');
    symlinkSync('/etc/hostname', join(house.dir, 'nodered/link'));
    const { id } = await (await backupsOf(house)).make({});
    expect(readdirSync(folderOf(house, id)).sort()).toEqual([
      'homerule.db',
      'homerule.yaml',
      'manifest.json',
      'nodered',
    ]);
    expect(readdirSync(join(folderOf(house, id), 'nodered'))).toEqual(['flows.json']);
  });

  it('leaves nothing half behind when the process is killed', { timeout: 60_000 }, async () => {
    const dir = makeDir();
    for (let round = 0; round < 3; round++) {
      const making = spawn(process.execPath, [child, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => void making.kill('SIGKILL'));
      let begun = 0;
      for await (const text of making.stdout) {
        begun += String(text).split('begun').length - 1;
        if (begun > round * 2) making.kill('SIGKILL');
      }
      if (making.exitCode === null && making.signalCode === null) await once(making, 'exit');
      for (const { id } of listBackups(dir))
        expect(previewFolder(dir, join(dir, 'backups', id), id).id).toBe(id);
    }
    expect(listBackups(dir).length).toBeGreaterThan(0);
    const house = await openHouse(dir, { at: Date.now() });
    await backupsOf(house);
    expect(readdirSync(join(dir, 'backups')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('comes once a day from its time on, also late, and the oldest daily ones go', async () => {
    const house = await openHouse();
    const asked = await (await backupsOf(house)).make({});
    const backups = await backupsOf(house, { from: '13:00' });
    const made = async (count: number): Promise<void> => {
      await expect.poll(() => backups.counters()['backupsMade'], { timeout: 10_000 }).toBe(count);
    };
    house.clock.advance(59 * 60_000);
    expect(backups.counters()['backupsMade']).toBe(0);
    house.clock.advance(2 * 60_000);
    await made(1);
    for (const count of [2, 3]) {
      house.clock.advance(24 * 3_600_000);
      await made(count);
    }
    await expect.poll(() => backups.list().length, { timeout: 10_000 }).toBe(3);
    expect(backups.list().map(({ reason }) => reason)).toEqual(['daily', 'daily', 'asked']);
    expect(backups.list().at(-1)?.id).toBe(asked.id);
    await backups.remove(asked.id);
    expect(backups.list()).toHaveLength(2);
    await expect(backups.remove('../backups')).rejects.toMatchObject({ code: 'backup-missing' });
  });
});

describe('restoring', () => {
  /** A backup with rules a (1) and b (1); the house then has a (2) and c. */
  async function changed(): Promise<{
    readonly house: House;
    readonly id: string;
    readonly backups: Backups;
  }> {
    const house = await openHouse();
    const backups = await backupsOf(house);
    putRule(house, 'a', 1);
    putRule(house, 'b', 1);
    await house.committed();
    const { id } = await backups.make({});
    putRule(house, 'a', 2);
    putRule(house, 'c', 1);
    house.store.rules.delete('b');
    await house.committed();
    return { house, id, backups };
  }

  it('says before what it would change', async () => {
    const { backups, id } = await changed();
    const { comparisons } = await backups.preview(id);
    expect(comparisons.find(({ subject }) => subject === 'rules')).toEqual({
      ...{ subject: 'rules', count: 2, added: 1, removed: 1, changed: 1 },
      items: [
        { id: 'a', change: 'changed', from: 2, to: 1 },
        { id: 'b', change: 'added', to: 1 },
        { id: 'c', change: 'removed', from: 1 },
      ],
    });
  });

  it('brings everything back at the next start and keeps what was there', async () => {
    const { house, backups, id } = await changed();
    const { kept } = await backups.stage(id, 'anna');
    await house.store.stop();
    expect(values(join(house.dir, 'homerule.db'))).toEqual(['a', 'c']);
    expect(await finishRestore(house.dir, noon)).toMatchObject({ id, by: 'anna', kept });
    expect(await finishRestore(house.dir, noon)).toBeUndefined();
    expect(values(join(house.dir, kept, 'homerule.db'))).toEqual(['a', 'c']);
    const again = await openHouse(house.dir, { at: noon + 1000 });
    expect((await again.store.rules.all()).map((rule) => `${rule.id}@${rule.version}`)).toEqual([
      'a@1',
      'b@1',
    ]);
  });

  it('goes on where a killed process left it', async () => {
    const { house, backups, id } = await changed();
    const { kept } = await backups.stage(id, 'anna');
    await house.store.stop();
    mkdirSync(join(house.dir, kept));
    const { renameSync } = await import('node:fs');
    renameSync(join(house.dir, 'homerule.db'), join(house.dir, kept, 'homerule.db'));
    await finishRestore(house.dir, noon);
    expect(values(join(house.dir, 'homerule.db'))).toEqual(['a', 'b']);
    expect(values(join(house.dir, kept, 'homerule.db'))).toEqual(['a', 'c']);
  });

  it('works into an empty folder, and not under a running house', async () => {
    const { house, id } = await changed();
    const order = { folder: folderOf(house, id), id, by: 'owner', at: noon };
    await expect(restoreFolder({ ...order, dir: house.dir })).rejects.toMatchObject({ code: 'data-in-use' });
    const empty = makeDir();
    await restoreFolder({ ...order, dir: empty });
    expect(values(join(empty, 'homerule.db'))).toEqual(['a', 'b']);
  });

  const damages: readonly (readonly [
    what: string,
    code: string,
    harm: (folder: string) => void,
    words: RegExp,
  ])[] = [
    [
      'a longer file',
      'backup-damaged',
      (folder) => appendFileSync(join(folder, 'homerule.db'), 'x'),
      /homerule\.db/,
    ],
    [
      'other bytes',
      'backup-damaged',
      (folder) => {
        const bytes = readFileSync(join(folder, 'homerule.db'));
        bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1;
        writeFileSync(join(folder, 'homerule.db'), bytes);
      },
      /homerule\.db.*not what was written/,
    ],
    [
      'a missing file',
      'backup-damaged',
      (folder) => unlinkSync(join(folder, 'homerule.db')),
      /homerule\.db.*missing/,
    ],
    [
      'a cut manifest',
      'backup-damaged',
      (folder) => writeFileSync(join(folder, 'manifest.json'), '{'),
      /manifest\.json/,
    ],
    [
      'a path that leads out',
      'backup-damaged',
      (folder) => {
        const path = join(folder, 'manifest.json');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"homerule.db"', '"nodered/../../x"'));
      },
      /manifest\.json/,
    ],
  ];
  for (const [what, code, harm, words] of damages) {
    it(`refuses ${what} and says which file`, async () => {
      const { house, backups, id } = await changed();
      harm(folderOf(house, id));
      await expect(backups.stage(id, 'anna')).rejects.toMatchObject({
        code,
        message: expect.stringMatching(words),
      });
      expect(existsSync(join(house.dir, 'backups/.staged'))).toBe(false);
    });
  }

  it('refuses what a newer Homerule wrote', async () => {
    const dir = makeDir();
    const house = await openHouse(dir);
    await house.store.stop();
    const db = new Sqlite(join(dir, 'homerule.db'));
    db.prepare('INSERT INTO schema_version VALUES (999, 0)').run();
    db.close();
    const order = { dir, at: noon, version: '9', reason: 'asked', hasHistory: false, hasKey: false } as const;
    const { id } = await backUpFolder(order);
    await expect(
      restoreFolder({ dir: makeDir(), folder: join(dir, 'backups', id), id, by: 'owner', at: noon }),
    ).rejects.toMatchObject({ code: 'backup-newer' });
  });
});
