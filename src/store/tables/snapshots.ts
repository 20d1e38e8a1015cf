// Table `snapshots` of history.db: the rows of the house at some commits, packed; the journal goes on from there.
import type { Database } from 'better-sqlite3';
import type { SnapshotHead, StoredSnapshot } from '../protocol.ts';

export const snapshotsSchema = `CREATE TABLE snapshots (
  seq INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX snapshots_by_time ON snapshots (at);`;

export class SnapshotsTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  put({ seq, at }: SnapshotHead, data: Uint8Array): void {
    const sql = `INSERT INTO snapshots VALUES (?, ?, ?) ON CONFLICT (seq) DO UPDATE
      SET at = excluded.at, data = excluded.data`;
    this.#db.prepare(sql).run(seq, at, data);
  }

  /** The last one that is not later. */
  before(at: number): StoredSnapshot | undefined {
    const sql = 'SELECT seq, at, data FROM snapshots WHERE at <= ? ORDER BY at DESC, seq DESC LIMIT 1';
    return this.#db.prepare<[number], StoredSnapshot>(sql).get(at);
  }

  /** Keeps those that the journal goes on from, the one before its first entry included, and no more than `maxBytes`. */
  prune(firstSeq: number, maxBytes: number): void {
    this.#db
      .prepare('DELETE FROM snapshots WHERE seq < (SELECT max(seq) FROM snapshots WHERE seq < ?)')
      .run(firstSeq);
    const size = this.#db.prepare<[], number>('SELECT coalesce(sum(length(data)), 0) FROM snapshots').pluck();
    const first = this.#db.prepare('DELETE FROM snapshots WHERE seq = (SELECT min(seq) FROM snapshots)');
    while ((size.get() ?? 0) > maxBytes) first.run();
  }
}
