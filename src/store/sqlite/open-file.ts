// Opens one database file: refuses newer ones, puts corrupt ones aside, migrates older ones, sets durability.
import { closeSync, openSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { messageOf, type Timestamp } from '../../base/index.ts';
import { storeError } from '../errors.ts';
import type { SetAside } from '../protocol.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { setAside } from './set-aside.ts';

export interface FileSpec {
  readonly path: string;
  /** FULL: on disk before the commit returns. NORMAL: whole after a power cut, but older. */
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly migrations: readonly string[];
  /** Whether an unreadable file is put aside; otherwise it is an error. */
  readonly mayStartFresh: boolean;
}

export interface OpenedFile {
  readonly db: Database;
  readonly setAside: SetAside | undefined;
}

/** Larger files are checked by their header and schema only, so that a start stays quick. */
const quickCheckBytes = 64 * 2 ** 20;
const busyTimeoutMs = 5000;
/** 4 MB of 4 KB pages. */
const checkpointPages = 1000;
const synchronousNumber = { NORMAL: 1, FULL: 2 };

export async function openFile(file: FileSpec, at: Timestamp): Promise<OpenedFile> {
  const { db, moved } = openOrSetAside(file, at);
  try {
    configure(db, file.synchronous);
    await migrate(db, file.migrations, at);
  } catch (error) {
    db.close();
    throw error;
  }
  return { db, setAside: moved };
}

function openOrSetAside(file: FileSpec, at: Timestamp): { db: Database; moved: SetAside | undefined } {
  try {
    return { db: openChecked(file), moved: undefined };
  } catch (error) {
    if (!isCorrupt(error) || !file.mayStartFresh) throw unopenable(file.path, error);
    const moved = setAside(file.path, messageOf(error), at);
    return { db: openChecked(file), moved };
  }
}

function openChecked(file: FileSpec): Database {
  closeSync(openSync(file.path, 'a', 0o600));
  const db = new Sqlite(file.path, { timeout: busyTimeoutMs });
  try {
    const version = schemaVersion(db);
    if (version > file.migrations.length) throw newer(file, version);
    if (statSync(file.path).size <= quickCheckBytes) quickCheck(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function quickCheck(db: Database): void {
  const found = db.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new Sqlite.SqliteError(String(found), 'SQLITE_CORRUPT');
}

function configure(db: Database, synchronous: 'FULL' | 'NORMAL'): void {
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  db.pragma('trusted_schema = OFF');
  const mode = db.pragma('journal_mode', { simple: true });
  const level = db.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || level !== synchronousNumber[synchronous]) {
    throw storeError(
      'store-unopenable',
      `${db.name} must run with WAL and synchronous=${synchronous}, but has ${String(mode)} and ${String(level)}`,
    );
  }
}

export function isCorrupt(error: unknown): boolean {
  return (
    error instanceof Sqlite.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB')
  );
}

/** After these the connection cannot be trusted any more: what it believes to be on disk may not be. */
export function isConnectionLost(error: unknown): boolean {
  return isCorrupt(error) || (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_IOERR'));
}

/** Trouble of the disk, which may pass, as against a row that can never be stored. */
export function isDiskTrouble(error: unknown): boolean {
  const passing = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|NOMEM|CANTOPEN|READONLY|PROTOCOL|PERM|AUTH)/;
  return isConnectionLost(error) || (error instanceof Sqlite.SqliteError && passing.test(error.code));
}

function newer(file: FileSpec, version: number): Error {
  const known = file.migrations.length;
  return storeError(
    'store-newer',
    `${file.path} was written by a newer Homerule (schema ${version}, this one knows up to ${known}); ` +
      'install that version again or restore an older backup. The file was not touched',
    { details: { file: basename(file.path), schema: version, known } },
  );
}

function unopenable(path: string, cause: unknown): unknown {
  if (!(cause instanceof Sqlite.SqliteError) && !isSystemError(cause)) return cause;
  return storeError('store-unopenable', `${path} cannot be opened: ${messageOf(cause)}`, { cause });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
