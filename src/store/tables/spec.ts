// What every table of homerule.db says about itself: its SQL and the way between rows and columns.
import type { Value } from '../values.ts';
import type { Fields } from './fields.ts';

/** The part that needs no row type; all that the worker uses. */
export interface TableShape {
  readonly name: string;
  /** The SQL that makes it. Never edited once released: later changes are migrations of their own. */
  readonly schema: string;
  /** In the order of `values` and `row`. */
  readonly columns: readonly string[];
  /** The primary key. */
  readonly keyColumns: readonly string[];
  /** Named conditions that rows can be read by, beside all of them. */
  readonly reads: Readonly<Record<string, string>>;
}

export interface TableSpec<Row> extends TableShape {
  /** What may wait for up to a second when nothing else is to be committed. */
  readonly lazy: 'nothing' | 'deletes' | 'everything';
  key(row: Row): string;
  /** The key columns' values of a key. */
  keyValues(key: string): readonly Value[];
  values(row: Row): readonly Value[];
  row(fields: Fields): Row;
  /** Roughly, for the bound on what waits. */
  bytes(row: Row): number;
}
