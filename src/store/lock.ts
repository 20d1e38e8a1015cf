// One process for each data folder. The lock is a transaction that is held for life, so death releases it too.
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { messageOf, type Timestamp } from '../base/index.ts';
import { storeError } from './errors.ts';

export interface Lock {
  release(): void;
}

/** Only for the message of whoever comes second; the lock itself is in lock.db. */
const holderSchema = z.object({ pid: z.int(), startedAt: z.number() });
type Holder = z.infer<typeof holderSchema>;

/** Throws `data-in-use` when another process, or this one, holds the folder. */
export function takeLock(dir: string, now: Timestamp): Lock {
  const path = join(dir, 'lock.db');
  const note = join(dir, 'lock.json');
  const db = openLock(path);
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (cause instanceof Sqlite.SqliteError && cause.code === 'SQLITE_BUSY')
      throw inUse(dir, readHolder(note));
    throw storeError('store-unopenable', `${path} cannot be locked: ${messageOf(cause)}`, { cause });
  }
  const holder: Holder = { pid: process.pid, startedAt: now };
  writeFileSync(note, JSON.stringify(holder), { mode: 0o600 });
  return {
    release: () => {
      if (!db.open) return;
      rmSync(note, { force: true });
      db.close();
    },
  };
}

function openLock(path: string): Sqlite.Database {
  try {
    closeSync(openSync(path, 'a', 0o600));
    return new Sqlite(path, { timeout: 0 });
  } catch (cause) {
    throw storeError('store-unopenable', `${path} cannot be opened: ${messageOf(cause)}`, { cause });
  }
}

function readHolder(note: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(note, 'utf8')));
  } catch {
    return undefined;
  }
}

function inUse(dir: string, holder: Holder | undefined): Error {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid}, running since ${new Date(holder.startedAt).toISOString()}`;
  return storeError('data-in-use', `${dir} is in use by ${who}; stop it or choose another data folder`, {
    details: { dir, ...holder },
  });
}
