// Table `variables`: persistent variables that rules share, each value as JSON.
import type { VariableRow } from '../../devices/index.ts';
import type { TableSpec } from './spec.ts';

export const variablesTable: TableSpec<VariableRow> = {
  name: 'variables',
  schema: `CREATE TABLE variables (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL
  ) STRICT;`,
  columns: ['name', 'value', 'at', 'by'],
  keyColumns: ['name'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.name,
  keyValues: (key) => [key],
  values: (row) => [row.name, row.value, Math.round(row.at), row.by],
  row: (fields) => ({
    name: fields.text(),
    value: fields.text(),
    at: fields.number(),
    by: fields.text(),
  }),
  bytes: (row) => row.name.length + row.value.length + row.by.length + 60,
};
