// Tables `boots` and `gaps` of history.db: when the house ran, and what the journal is missing.
import type { Database } from 'better-sqlite3';
import type { Gap, Pause } from '../protocol.ts';

export const bootsSchema = `CREATE TABLE boots (
  id INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  stopped_at INTEGER,
  first_seq INTEGER
) STRICT;
CREATE TABLE gaps (
  id INTEGER PRIMARY KEY,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  lost INTEGER
) STRICT;`;

/** Boots that are remembered. */
const maxBoots = 1000;

export class BootsTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Notes a start and returns when the boot before began, if it did not end cleanly. */
  begin(at: number): { readonly uncleanSince: number | undefined } {
    const before = this.#db
      .prepare<[], { startedAt: number; stoppedAt: number | null }>(
        'SELECT started_at AS startedAt, stopped_at AS stoppedAt FROM boots ORDER BY id DESC LIMIT 1',
      )
      .get();
    this.#db.prepare('INSERT INTO boots (started_at) VALUES (?)').run(at);
    this.#db.prepare('DELETE FROM boots WHERE id <= (SELECT max(id) FROM boots) - ?').run(maxBoots);
    return { uncleanSince: before?.stoppedAt === null ? before.startedAt : undefined };
  }

  end(at: number): void {
    this.#db.prepare('UPDATE boots SET stopped_at = ? WHERE id = (SELECT max(id) FROM boots)').run(at);
  }

  /** The first block of a boot is its first sequence number. */
  reserved(first: number): void {
    this.#db
      .prepare('UPDATE boots SET first_seq = coalesce(first_seq, ?) WHERE id = (SELECT max(id) FROM boots)')
      .run(first);
  }

  lastFirstSeq(): number {
    return this.#db.prepare<[], number>('SELECT coalesce(max(first_seq), 0) FROM boots').pluck().get() ?? 0;
  }

  addGap(gap: Gap): void {
    this.#db
      .prepare('INSERT INTO gaps (from_at, to_at, reason, lost) VALUES (?, ?, ?, ?)')
      .run(Math.round(gap.from), Math.round(gap.to), gap.reason, gap.lost);
  }

  gaps(from: number, to: number): Gap[] {
    return this.#db
      .prepare<[number, number], Gap>(
        `SELECT from_at AS "from", to_at AS "to", reason, lost FROM gaps
         WHERE to_at >= ? AND from_at <= ? ORDER BY from_at, id LIMIT 1000`,
      )
      .all(from, to);
  }

  /** Between a clean stop and the start after it. */
  pauses(from: number, to: number): Pause[] {
    return this.#db
      .prepare<[number, number], Pause>(
        `SELECT before.stopped_at AS "from", boots.started_at AS "to"
         FROM boots JOIN boots AS before ON before.id = boots.id - 1
         WHERE before.stopped_at IS NOT NULL AND boots.started_at >= ? AND before.stopped_at <= ?
         ORDER BY boots.id`,
      )
      .all(from, to);
  }

  pruneGaps(before: number): void {
    this.#db.prepare('DELETE FROM gaps WHERE to_at < ?').run(before);
  }
}
