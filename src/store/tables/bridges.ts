// Table `bridges`: bridges that were made at run time.
import type { BridgeRow } from '../../bridges/index.ts';
import type { TableSpec } from './spec.ts';

export const bridgesTable: TableSpec<BridgeRow> = {
  name: 'bridges',
  schema: `CREATE TABLE bridges (
    name TEXT NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['name', 'settings', 'at'],
  keyColumns: ['name'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.name,
  keyValues: (key) => [key],
  values: (row) => [row.name, row.settings, Math.round(row.at)],
  row: (fields) => ({ name: fields.text(), settings: fields.text(), at: fields.number() }),
  bytes: (row) => row.settings.length + 100,
};
