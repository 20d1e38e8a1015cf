// Table `meta`: settings of the house as JSON text by key. Keys that begin with `store.` are the store's own.
import type { TableSpec } from './spec.ts';

export interface MetaRow {
  readonly key: string;
  /** JSON text. */
  readonly value: string;
}

/** Where the next block of sequence numbers begins. */
export const sequenceKey = 'store.sequence';
/** How far the journal was when a batch closed, see `SequenceMark`. */
export const markKey = 'store.mark';

export const metaTable: TableSpec<MetaRow> = {
  name: 'meta',
  schema: `CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;`,
  columns: ['key', 'value'],
  keyColumns: ['key'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.key,
  keyValues: (key) => [key],
  values: (row) => [row.key, row.value],
  row: (fields) => ({ key: fields.text(), value: fields.text() }),
  bytes: (row) => row.value.length + 100,
};
