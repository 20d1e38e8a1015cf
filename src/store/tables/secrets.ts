// Table `secrets`: values that are sealed with the key file of the data folder.
import type { TableSpec } from './spec.ts';

export interface SealedRow {
  readonly name: string;
  readonly sealed: Uint8Array;
  readonly changedAt: number;
}

export const secretsTable: TableSpec<SealedRow> = {
  name: 'secrets',
  schema: `CREATE TABLE secrets (
    name TEXT NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['name', 'sealed', 'changed_at'],
  keyColumns: ['name'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.name,
  keyValues: (key) => [key],
  values: (row) => [row.name, row.sealed, Math.round(row.changedAt)],
  row: (fields) => ({ name: fields.text(), sealed: fields.blob(), changedAt: fields.number() }),
  bytes: (row) => row.name.length + row.sealed.length + 60,
};
