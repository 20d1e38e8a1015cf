// Table `chunks` of history.db: the journal, many inputs to a row, no index per message.
import type { Database } from 'better-sqlite3';
import type { ChunkHead } from '../chunk-format.ts';

export const chunksSchema = `CREATE TABLE chunks (
  first_seq INTEGER NOT NULL PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;`;

export interface ChunkQuery {
  readonly from: number;
  readonly to: number;
  readonly after: number | null;
  readonly isNewestFirst: boolean;
}

export interface StoredChunk {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly data: Buffer;
}

interface Sizes {
  readonly total: number;
  readonly count: number;
}

const columns = 'first_seq AS firstSeq, last_seq AS lastSeq, first_at AS firstAt, last_at AS lastAt, data';
const inTime = 'last_at >= ? AND first_at <= ?';

/** Most chunks that one prune deletes, so that commits are not kept waiting. */
const pruneStep = 100;

export class ChunksTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  insert(head: ChunkHead, bytes: number, data: Uint8Array): void {
    this.#db
      .prepare('INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(head.firstSeq, head.lastSeq, head.firstAt, head.lastAt, head.count, bytes, data);
  }

  /** The first chunk that can hold something of the time asked for, in the direction asked for. */
  find(query: ChunkQuery): StoredChunk | undefined {
    const { from, to, after, isNewestFirst } = query;
    const sql = isNewestFirst
      ? `SELECT ${columns} FROM chunks WHERE first_seq < ? AND ${inTime} ORDER BY first_seq DESC LIMIT 1`
      : `SELECT ${columns} FROM chunks WHERE last_seq > ? AND ${inTime} ORDER BY first_seq LIMIT 1`;
    const start = after ?? (isNewestFirst ? Number.MAX_SAFE_INTEGER : -1);
    return this.#db.prepare<[number, number, number], StoredChunk>(sql).get(start, from, to);
  }

  /** The first chunk that holds an entry after `seq`. */
  following(seq: number): StoredChunk | undefined {
    const sql = `SELECT ${columns} FROM chunks WHERE last_seq > ? ORDER BY first_seq LIMIT 1`;
    return this.#db.prepare<[number], StoredChunk>(sql).get(seq);
  }

  /** Puts what is left of a chunk in its place; nothing: it goes. */
  replace(
    firstSeq: number,
    left: { readonly head: ChunkHead; readonly bytes: number; readonly data: Uint8Array } | undefined,
  ): void {
    this.#db.prepare('DELETE FROM chunks WHERE first_seq = ?').run(firstSeq);
    if (left !== undefined) this.insert(left.head, left.bytes, left.data);
  }

  first(): { readonly firstSeq: number | null; readonly firstAt: number | null } {
    const sql = 'SELECT first_seq AS firstSeq, first_at AS firstAt FROM chunks ORDER BY first_seq LIMIT 1';
    const first = this.#db.prepare<[], { firstSeq: number; firstAt: number }>(sql).get();
    return first ?? { firstSeq: null, firstAt: null };
  }

  last(): { readonly lastSeq: number; readonly lastAt: number } | undefined {
    const sql = 'SELECT last_seq AS lastSeq, last_at AS lastAt FROM chunks ORDER BY first_seq DESC LIMIT 1';
    return this.#db.prepare<[], { lastSeq: number; lastAt: number }>(sql).get();
  }

  /** Deletes what is older than `before`, then the oldest until no more than `maxBytes` are stored. */
  prune(before: number, maxBytes: number): { readonly deleted: number; readonly hasMore: boolean } {
    const old = this.#db
      .prepare(
        `DELETE FROM chunks WHERE first_seq IN
          (SELECT first_seq FROM chunks WHERE last_at < ? ORDER BY first_seq LIMIT ${pruneStep})`,
      )
      .run(before).changes;
    const surplus = this.#surplus(maxBytes);
    const over = this.#db
      .prepare(
        'DELETE FROM chunks WHERE first_seq IN (SELECT first_seq FROM chunks ORDER BY first_seq LIMIT ?)',
      )
      .run(surplus).changes;
    return { deleted: old + over, hasMore: old === pruneStep || over === pruneStep };
  }

  /** How many of the oldest chunks must go, at most one step. */
  #surplus(maxBytes: number): number {
    const sizes = this.#db
      .prepare<[], Sizes>('SELECT coalesce(sum(length(data)), 0) AS total, count(*) AS count FROM chunks')
      .get();
    let left = sizes?.total ?? 0;
    if (left <= maxBytes) return 0;
    const oldest = this.#db
      .prepare<[], number>(`SELECT length(data) FROM chunks ORDER BY first_seq LIMIT ${pruneStep}`)
      .pluck();
    let surplus = 0;
    for (const size of oldest.all()) {
      if (left <= maxBytes) break;
      left -= size;
      surplus++;
    }
    return surplus;
  }
}
