// Table `trims` of history.db: how far the journal was gone through for filters with a retention of their own.
import type { Database } from 'better-sqlite3';

export class TrimsTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The last entry that was looked at. */
  seq(filter: string): number {
    const sql = 'SELECT seq FROM trims WHERE filter = ?';
    return this.#db.prepare<[string], number>(sql).pluck().get(filter) ?? -1;
  }

  put(filter: string, seq: number): void {
    const sql = 'INSERT INTO trims VALUES (?, ?) ON CONFLICT (filter) DO UPDATE SET seq = excluded.seq';
    this.#db.prepare(sql).run(filter, seq);
  }
}
