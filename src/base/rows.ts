// The port through which every room keeps what must survive. The store implements it; nobody else knows SQL.

/** Rows of one table. A row put twice before the commit counts once, the last time. */
export interface Rows<Row> {
  /** Adds or replaces the row with the same key, in the open batch. */
  put(row: Row): void;
  /** Removes the row with this key, in the open batch; a missing one is no error. */
  delete(key: string): void;
}

/** Batches are numbered from 1 and committed whole, in order. */
export type BatchNumber = number;

export interface Commits {
  /** The batch that rows put now belong to. */
  readonly open: BatchNumber;
  /** Asks for a commit soon and calls `done` when that batch is on disk, at once if it already is. */
  whenCommitted(batch: BatchNumber, done: () => void): void;
}
