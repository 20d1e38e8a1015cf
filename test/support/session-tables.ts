// The tables of sessions in maps, as a disk would keep them. Given to a second broker they are its past.
import type { SessionTables } from '../../src/broker/index.ts';

class TableDouble<Row> {
  readonly rows = new Map<string, Row>();
  /** How often a row was put or deleted. */
  writes = 0;
  deletes = 0;
  readonly #keyOf: (row: Row) => string | number;

  constructor(keyOf: (row: Row) => string | number) {
    this.#keyOf = keyOf;
  }

  put(row: Row): void {
    this.writes++;
    this.rows.set(String(this.#keyOf(row)), row);
  }

  delete(key: string): void {
    this.writes++;
    this.deletes++;
    this.rows.delete(key);
  }

  cancel(key: string): void {
    this.rows.delete(key);
  }

  async all(): Promise<Row[]> {
    const byKey = ([a]: [string, Row], [b]: [string, Row]): number =>
      Number(a) - Number(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
    return [...this.rows].sort(byKey).map(([, row]) => row);
  }
}

type RowOf<Name extends keyof SessionTables> = Parameters<SessionTables[Name]['put']>[0];

export class SessionTablesDouble implements SessionTables {
  readonly sessions = new TableDouble<RowOf<'sessions'>>((row) => row.client);
  readonly subscriptions = new TableDouble<RowOf<'subscriptions'>>((row) => row.id);
  readonly queuedMessages = new TableDouble<RowOf<'queuedMessages'>>((row) => row.id);
  readonly queues = new TableDouble<RowOf<'queues'>>((row) => row.seq);
  readonly receipts = new TableDouble<RowOf<'receipts'>>((row) => row.id);
  readonly wills = new TableDouble<RowOf<'wills'>>((row) => row.client);

  /** What a crash would leave now: later changes do not reach the copy. */
  snapshot(): SessionTablesDouble {
    const copy = new SessionTablesDouble();
    for (const row of this.sessions.rows.values()) copy.sessions.put(row);
    for (const row of this.subscriptions.rows.values()) copy.subscriptions.put(row);
    for (const row of this.queuedMessages.rows.values()) copy.queuedMessages.put(row);
    for (const row of this.queues.rows.values()) copy.queues.put(row);
    for (const row of this.receipts.rows.values()) copy.receipts.put(row);
    for (const row of this.wills.rows.values()) copy.wills.put(row);
    return copy;
  }
}
