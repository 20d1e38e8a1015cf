// Tables of numeric history in history.db: series, their blocks of samples and of five-minute figures, and what is open.
import type { Database, Statement } from 'better-sqlite3';

export const seriesSchema = `CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  path TEXT NOT NULL,
  rolled_to INTEGER NOT NULL DEFAULT 0,
  UNIQUE (topic, path)
) STRICT;
CREATE TABLE blocks (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX blocks_by_series ON blocks (series, first_at, last_at);
CREATE TABLE rollups (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX rollups_by_series ON rollups (series, first_at, last_at);
CREATE TABLE series_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  tails BLOB NOT NULL
) STRICT;
INSERT INTO series_state VALUES (1, -1, 0, x'');
CREATE TABLE trims (
  filter TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;`;

export type BlockKind = 'blocks' | 'rollups';

export interface SeriesRow {
  readonly id: number;
  readonly topic: string;
  readonly path: string;
  /** Until when samples are in its rollups. */
  readonly rolledTo: number;
}

export interface SeriesState {
  /** The last entry of the journal whose samples are in blocks and tails. */
  readonly seq: number;
  /** Of all blocks and rollups. */
  readonly bytes: number;
  readonly tails: Uint8Array;
}

export interface BlockHead {
  readonly series: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
}

export interface StoredBlock extends BlockHead {
  readonly id: number;
  readonly data: Uint8Array;
}

/** Which blocks of one series; in order of time, then of writing. */
export interface BlockQuery {
  readonly series: number;
  readonly from: number;
  readonly to: number;
  /** Later ones are known from elsewhere. */
  readonly lastId: number;
  readonly after: { readonly firstAt: number; readonly id: number } | undefined;
  readonly limit: number;
}

const rowColumns = 'id, topic, path, rolled_to AS rolledTo';
const blockColumns = 'id, series, first_at AS firstAt, last_at AS lastAt, count, data';

export class SeriesTables {
  readonly #db: Database;
  /** Those that every block needs; for the others preparing costs nothing that would be noticed. */
  #find: Statement<[number], SeriesRow> | undefined;
  #weighing: Statement<[number]> | undefined;
  readonly #adding = new Map<BlockKind, Statement<[number, number, number, number, Uint8Array]>>();
  readonly #firsts = new Map<BlockKind, Statement<[number], number | null>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** One transaction, or part of the one that is open. */
  write<Out>(work: () => Out): Out {
    return this.#db.inTransaction ? work() : this.#db.transaction(work).immediate();
  }

  ofTopic(topic: string): SeriesRow[] {
    return this.#db
      .prepare<[string], SeriesRow>(`SELECT ${rowColumns} FROM series WHERE topic = ? ORDER BY path`)
      .all(topic);
  }

  /** In order of their ids. */
  after(id: number, limit: number): SeriesRow[] {
    return this.#db
      .prepare<[number, number], SeriesRow>(
        `SELECT ${rowColumns} FROM series WHERE id > ? ORDER BY id LIMIT ?`,
      )
      .all(id, limit);
  }

  find(id: number): SeriesRow | undefined {
    this.#find ??= this.#db.prepare<[number], SeriesRow>(`SELECT ${rowColumns} FROM series WHERE id = ?`);
    return this.#find.get(id);
  }

  count(): { readonly count: number; readonly lastId: number } {
    const sql = 'SELECT count(*) AS count, coalesce(max(id), 0) AS lastId FROM series';
    return this.#db.prepare<[], { count: number; lastId: number }>(sql).get() ?? { count: 0, lastId: 0 };
  }

  add({ id, topic, path }: Omit<SeriesRow, 'rolledTo'>): void {
    this.#db.prepare('INSERT INTO series (id, topic, path) VALUES (?, ?, ?)').run(id, topic, path);
  }

  remove(id: number): void {
    this.#db.prepare('DELETE FROM series WHERE id = ?').run(id);
  }

  rolled(id: number, to: number): void {
    this.#db.prepare('UPDATE series SET rolled_to = ? WHERE id = ?').run(to, id);
  }

  state(): SeriesState {
    const row = this.#db.prepare<[], SeriesState>('SELECT seq, bytes, tails FROM series_state').get();
    return row ?? { seq: -1, bytes: 0, tails: new Uint8Array() };
  }

  putState(seq: number, tails: Uint8Array): void {
    this.#db.prepare('UPDATE series_state SET seq = ?, tails = ?').run(seq, tails);
  }

  addBlock(table: BlockKind, { series, firstAt, lastAt, count }: BlockHead, data: Uint8Array): void {
    const known = this.#adding.get(table);
    const adding =
      known ??
      this.#db.prepare<[number, number, number, number, Uint8Array]>(
        `INSERT INTO ${table} (series, first_at, last_at, count, data) VALUES (?, ?, ?, ?, ?)`,
      );
    if (known === undefined) this.#adding.set(table, adding);
    adding.run(series, firstAt, lastAt, count, data);
    this.#weigh(data.length);
  }

  lastBlock(): number {
    return this.#db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM blocks').pluck().get() ?? 0;
  }

  /** When the first of them begins. */
  firstAt(table: BlockKind, series: number): number | undefined {
    const known = this.#firsts.get(table);
    const sql = `SELECT min(first_at) FROM ${table} WHERE series = ?`;
    const first = known ?? this.#db.prepare<[number], number | null>(sql).pluck();
    if (known === undefined) this.#firsts.set(table, first);
    return first.get(series) ?? undefined;
  }

  /** When the first block begins that ends at an instant or later. */
  nextSample(series: number, from: number): number | undefined {
    const sql = 'SELECT min(first_at) FROM blocks WHERE series = ? AND last_at >= ?';
    return this.#db.prepare<[number, number], number | null>(sql).pluck().get(series, from) ?? undefined;
  }

  samples({ series, from, to, lastId }: Omit<BlockQuery, 'after' | 'limit'>): number {
    const sql = `SELECT coalesce(sum(count), 0) FROM blocks
      WHERE series = ? AND first_at <= ? AND last_at >= ? AND id <= ?`;
    return this.#db.prepare<number[], number>(sql).pluck().get(series, to, from, lastId) ?? 0;
  }

  read(table: BlockKind, query: BlockQuery): StoredBlock[] {
    const { series, from, to, lastId, after, limit } = query;
    const sql = `SELECT ${blockColumns} FROM ${table}
      WHERE series = ? AND first_at <= ? AND last_at >= ? AND id <= ? AND (first_at, id) > (?, ?)
      ORDER BY first_at, id LIMIT ?`;
    const start = after ?? { firstAt: Number.MIN_SAFE_INTEGER, id: 0 };
    return this.#db
      .prepare<number[], StoredBlock>(sql)
      .all(series, to, from, lastId, start.firstAt, start.id, limit);
  }

  /** Deletes at most `limit` of one series that ended before. */
  deleteBefore(table: BlockKind, series: number, range: { readonly before: number; readonly limit: number }) {
    const where = `id IN (SELECT id FROM ${table} WHERE series = ? AND last_at < ? ORDER BY first_at LIMIT ?)`;
    return this.#delete(table, where, [series, range.before, range.limit]);
  }

  /** Deletes those of one series that begin at an instant or later. */
  deleteFrom(table: BlockKind, series: number, from: number): number {
    return this.#delete(table, 'series = ? AND first_at >= ?', [series, from]);
  }

  /** Deletes the oldest blocks of all series; those of samples have an order of their own, that of writing. */
  deleteOldest(table: BlockKind, limit: number): number {
    return this.#delete(table, `id IN (SELECT id FROM ${table} ORDER BY id LIMIT ?)`, [limit]);
  }

  #delete(table: BlockKind, where: string, parameters: readonly number[]): number {
    const deleted = this.#db
      .prepare<number[], number>(`DELETE FROM ${table} WHERE ${where} RETURNING length(data)`)
      .pluck()
      .all(...parameters);
    if (deleted.length > 0) this.#weigh(-deleted.reduce((sum, size) => sum + size, 0));
    return deleted.length;
  }

  #weigh(bytes: number): void {
    this.#weighing ??= this.#db.prepare<[number]>('UPDATE series_state SET bytes = bytes + ?');
    this.#weighing.run(bytes);
  }
}
