// Table `traces` of history.db: the records of runs as JSON, bounded for each rule and outcome.
import type { Database } from 'better-sqlite3';
import type { TraceRecord } from '../protocol.ts';

export const tracesSchema = `CREATE TABLE traces (
  id TEXT NOT NULL PRIMARY KEY,
  rule TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX traces_by_rule ON traces (rule, status, id);`;

/** Kept of each outcome of each rule, so that noise never evicts an error. */
export const tracesPerOutcome = 50;

export class TracesTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Ids sort by creation, so the newest have the greatest. */
  put(traces: readonly TraceRecord[]): void {
    const insert = this.#db.prepare(
      `INSERT INTO traces VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
       SET rule = excluded.rule, status = excluded.status, at = excluded.at, json = excluded.json`,
    );
    const trim = this.#db.prepare(
      `DELETE FROM traces WHERE id IN (SELECT id FROM traces WHERE rule = ? AND status = ?
       ORDER BY id DESC LIMIT -1 OFFSET ${tracesPerOutcome})`,
    );
    const touched = new Map<string, TraceRecord>();
    for (const trace of traces) {
      insert.run(trace.id, trace.rule, trace.status, Math.round(trace.at), trace.json);
      touched.set(`${trace.status} ${trace.rule}`, trace);
    }
    for (const { rule, status } of touched.values()) trim.run(rule, status);
  }

  /** Newest first. */
  recent(query: { readonly rule: string | null; readonly limit: number; readonly before: string | null }) {
    const where = [query.rule === null ? '' : 'rule = ?', query.before === null ? '' : 'id < ?'].filter(
      Boolean,
    );
    const sql = `SELECT json FROM traces ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
      ORDER BY id DESC LIMIT ?`;
    const parameters = [query.rule, query.before].filter((value) => value !== null);
    return this.#db
      .prepare<(string | number)[], string>(sql)
      .pluck()
      .all(...parameters, query.limit);
  }

  find(id: string): string | undefined {
    return this.#db.prepare<[string], string>('SELECT json FROM traces WHERE id = ?').pluck().get(id);
  }
}
