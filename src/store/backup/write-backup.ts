// Makes a backup out of copied databases: adds the files beside them, checks, hashes, and gives it its name last.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BackupView } from '../../api/index.ts';
import { renameDurably, syncPath, writeDurably } from '../durable.ts';
import { storeError } from '../errors.ts';
import { keyFileName } from '../seal.ts';
import { fileTime } from '../sqlite/set-aside.ts';
import { databaseNames, fileOf, isFile, keyMark, type Manifest, manifestName, viewOf } from './manifest.ts';
import type { BackupOrder } from './orders.ts';

const unfinished = '.partial-';

export const backupsFolder = (dir: string): string => join(dir, 'backups');

/** Where a backup grows until it is whole. */
export function beginBackup({ dir, at }: BackupOrder): string {
  const folder = join(backupsFolder(dir), `${unfinished}${fileTime(at)}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** What a killed process began. */
export function removeUnfinished(dir: string): void {
  const folder = backupsFolder(dir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(unfinished)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** One file without a log, without what lets a browser in, and whole. */
function settle(path: string): void {
  const db = new Sqlite(path);
  try {
    db.pragma('journal_mode = DELETE');
    const hasLogins = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'logins'").get() !== undefined;
    if (hasLogins) db.exec('DELETE FROM logins');
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw storeError('backup-failed', `the copy ${path} is not whole: ${String(found)}`);
  } finally {
    db.close();
  }
}

/** Paths of regular files below `path`, in order; `node_modules` of Node-RED can be fetched again. */
function* filesBelow(dir: string, path: string): Generator<string> {
  for (const entry of readdirSync(join(dir, path), { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const inner = `${path}/${entry.name}`;
    if (entry.isFile() && !entry.name.endsWith('.partial')) yield inner;
    else if (entry.isDirectory() && inner !== 'nodered/node_modules') yield* filesBelow(dir, inner);
  }
}

function* besides(dir: string, hasKey: boolean): Generator<string> {
  for (const name of ['homerule.yaml', ...(hasKey ? [keyFileName] : [])])
    if (isFile(join(dir, name))) yield name;
  const present = new Set(readdirSync(dir));
  for (const name of ['nodered', 'plugins', ...(hasKey ? ['tls'] : [])]) {
    if (present.has(name)) yield* filesBelow(dir, name);
  }
}

export function copyInto(from: string, to: string, path: string): void {
  const target = join(to, path);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  copyFileSync(join(from, path), target);
  chmodSync(target, 0o600);
  syncPath(target);
}

/** `folder` holds the databases already. Blocks: not for the main thread of a house. */
export function finishBackup(folder: string, order: BackupOrder): BackupView {
  const { dir, at, version, reason, hasKey } = order;
  const databases = databaseNames.filter((name) => isFile(join(folder, name)));
  for (const name of databases) settle(join(folder, name));
  const others = [...besides(dir, hasKey)];
  for (const path of others) copyInto(dir, folder, path);
  const files = [...databases, ...others].map((path) => fileOf(folder, path));
  const manifest: Manifest = { format: 1, version, createdAt: at, reason, keyMark: keyMark(dir), files };
  for (const { path } of files) syncPath(join(folder, path));
  writeDurably(join(folder, manifestName), JSON.stringify(manifest, null, 2));
  const id = fileTime(at);
  renameDurably(folder, join(backupsFolder(dir), id));
  return viewOf(id, manifest);
}
