// Backups of a data folder in which no house runs: each takes the lock, and does at once what a house does in threads.
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BackupPreview, BackupRestoreView, BackupView } from '../../api/index.ts';
import { messageOf, type Timestamp } from '../../base/index.ts';
import { copyDatabase, renameDurably } from '../durable.ts';
import { storeError } from '../errors.ts';
import { takeLock } from '../lock.ts';
import { fileTime } from '../sqlite/set-aside.ts';
import { databaseNames, isFile } from './manifest.ts';
import type { BackupOrder, RestoreOrder } from './orders.ts';
import { preview } from './preview.ts';
import { applyStaged, isStaged, type Restored, stage } from './restore.ts';
import { checkDatabase, verify } from './verify.ts';
import { backupsFolder, beginBackup, finishBackup } from './write-backup.ts';

async function locked<Out>(dir: string, at: Timestamp, work: () => Out | Promise<Out>): Promise<Out> {
  const lock = takeLock(dir, at);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function copyAll(order: BackupOrder, folder: string): Promise<void> {
  for (const name of order.hasHistory ? databaseNames : (['homerule.db'] as const)) {
    const db = new Sqlite(join(order.dir, name), { fileMustExist: true });
    try {
      await copyDatabase(db, join(folder, name));
    } finally {
      db.close();
    }
  }
}

/** Throws `data-in-use`, `backup-failed`. */
export function backUpFolder(order: BackupOrder): Promise<BackupView> {
  const { dir } = order;
  if (!isFile(join(dir, 'homerule.db')))
    throw storeError('backup-failed', `${dir} holds no house: there is no homerule.db`);
  return locked(dir, order.at, async () => {
    const folder = beginBackup(order);
    try {
      await copyAll(order, folder);
      return finishBackup(folder, order);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  });
}

/** Throws `data-in-use` and what `stage` throws. */
export function restoreFolder(order: RestoreOrder): Promise<BackupRestoreView> {
  mkdirSync(order.dir, { recursive: true, mode: 0o700 });
  return locked(order.dir, order.at, () => {
    const restore = stage(order);
    applyStaged(order.dir);
    return restore;
  });
}

/** Before a start. Throws `data-in-use`. */
export async function finishRestore(dir: string, at: Timestamp): Promise<Restored | undefined> {
  return isStaged(dir) ? locked(dir, at, () => applyStaged(dir)) : undefined;
}

export function previewFolder(dir: string, folder: string, id: string): BackupPreview {
  return preview(dir, folder, id);
}

/** Brings a backup from elsewhere among those of the data folder; returns its id there. Throws what `verify` throws. */
export function adoptBackup(dir: string, folder: string): string {
  const id = fileTime(verify(folder).createdAt);
  const target = join(backupsFolder(dir), id);
  if (existsSync(target)) return id;
  const partial = join(backupsFolder(dir), `.partial-${id}`);
  mkdirSync(backupsFolder(dir), { recursive: true, mode: 0o700 });
  cpSync(folder, partial, { recursive: true });
  renameDurably(partial, target);
  return id;
}

/** What is wrong with the databases of a folder, in words. Throws `data-in-use`. */
export function checkFolder(dir: string, at: Timestamp): Promise<readonly string[]> {
  const names = databaseNames.filter((name) => isFile(join(dir, name)));
  return locked(dir, at, () => names.flatMap((name) => faultOf(dir, name)));
}

function faultOf(dir: string, name: (typeof databaseNames)[number]): string[] {
  try {
    checkDatabase(dir, name);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}
