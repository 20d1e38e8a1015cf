// One database with its open connection; renews the connection when the disk has lied to it.
import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Timestamp } from '../../base/index.ts';
import { copyDatabase } from '../durable.ts';
import { storeError } from '../errors.ts';
import type { SetAside } from '../protocol.ts';
import { type FileSpec, isConnectionLost, openFile } from './open-file.ts';

/** A log larger than this is emptied and cut. */
const maxLogBytes = 64 * 2 ** 20;
/** Uses between two looks at the size of the log. */
const looksEvery = 64;

/** `freshWhenReopened`: whether a file that became unreadable while in use may be put aside there and then. */
export interface ConnectionSpec extends Omit<FileSpec, 'mayStartFresh'> {
  readonly freshWhenReopened: boolean;
}

export class Connection {
  readonly #spec: ConnectionSpec;
  #wasOpen = false;
  #db: Database | undefined;
  #uses = 0;

  constructor(spec: ConnectionSpec) {
    this.#spec = spec;
  }

  async open(at: Timestamp): Promise<SetAside | undefined> {
    const mayStartFresh = !this.#wasOpen || this.#spec.freshWhenReopened;
    const opened = await openFile({ ...this.#spec, mayStartFresh }, at);
    this.#db = opened.db;
    this.#wasOpen = true;
    return opened.setAside;
  }

  /** Runs `work`; after an error that makes the connection doubtful it is closed, and the next use needs `open`. */
  use<Out>(work: (db: Database) => Out): Out {
    const db = this.#db;
    if (db === undefined) throw storeError('store-unopenable', `${this.#spec.path} is not open`);
    try {
      const out = work(db);
      if (++this.#uses % looksEvery === 0) this.#cutLog(db);
      return out;
    } catch (error) {
      if (isConnectionLost(error)) this.#drop(db);
      throw error;
    }
  }

  /** In steps; what is written meanwhile is in the copy too. */
  async copyTo(target: string): Promise<void> {
    const db = this.#db;
    if (db === undefined) throw storeError('store-unopenable', `${this.#spec.path} is not open`);
    await copyDatabase(db, target);
  }

  get isOpen(): boolean {
    return this.#db !== undefined;
  }

  close(): void {
    const db = this.#db;
    if (db === undefined) return;
    this.#db = undefined;
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
  }

  #drop(db: Database): void {
    this.#db = undefined;
    db.close();
  }

  #cutLog(db: Database): void {
    const log = `${this.#spec.path}-wal`;
    if (existsSync(log) && statSync(log).size > maxLogBytes) db.pragma('wal_checkpoint(TRUNCATE)');
  }
}
