// Table `traces` of history.db: the records of runs as JSON, bounded for each rule and outcome.
import type { Database } from 'better-sqlite3';
import type { Operations, TraceRecord } from '../protocol.ts';

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

const oneOf = 'IN (SELECT value FROM json_each(?))';

/** What is asked of columns stands first: JSON is looked into only where those agree. */
function whereOf(query: Operations['recentTraces']['in']): {
  readonly sql: string;
  readonly values: (string | number)[];
} {
  const { rule, before, statuses, from, to, reason, device } = query;
  const conditions: (readonly [sql: string, ...values: readonly (string | number)[]])[] = [];
  if (rule !== null) conditions.push(['rule = ?', rule]);
  if (before !== null) conditions.push(['id < ?', before]);
  if (statuses !== null) conditions.push([`status ${oneOf}`, JSON.stringify(statuses)]);
  if (from !== null) conditions.push(['at >= ?', from]);
  if (to !== null) conditions.push(['at <= ?', to]);
  if (reason !== null) conditions.push([`coalesce(json ->> '$.reason', status) = ?`, reason]);
  if (device !== null)
    conditions.push([
      `(json ->> '$.trigger.device' = ? OR json ->> '$.trigger.topic' ${oneOf})`,
      device.id,
      JSON.stringify(device.topics),
    ]);
  const sql = conditions.map(([text]) => text).join(' AND ');
  return { sql: sql === '' ? '' : `WHERE ${sql}`, values: conditions.flatMap(([, ...values]) => values) };
}

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
  recent(query: Operations['recentTraces']['in']): string[] {
    const { sql, values } = whereOf(query);
    return this.#db
      .prepare<(string | number)[], string>(`SELECT json FROM traces ${sql} ORDER BY id DESC LIMIT ?`)
      .pluck()
      .all(...values, query.limit);
  }

  find(id: string): string | undefined {
    return this.#db.prepare<[string], string>('SELECT json FROM traces WHERE id = ?').pluck().get(id);
  }
}
