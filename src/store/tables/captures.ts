// Table `captures`: how devices were when a rule captured them, until it restores them.
import type { CaptureRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

export const capturesTable: TableSpec<CaptureRow> = {
  name: 'captures',
  schema: `CREATE TABLE captures (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    at INTEGER NOT NULL,
    devices TEXT NOT NULL
  ) STRICT;`,
  columns: ['id', 'rule', 'at', 'devices'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.rule, Math.round(row.at), row.devices],
  row: (fields) => ({ id: fields.text(), rule: fields.text(), at: fields.number(), devices: fields.text() }),
  bytes: (row) => row.devices.length + 150,
};
