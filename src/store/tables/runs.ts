// Table `runs`: runs that wait for something.
import type { RunRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

export const runsTable: TableSpec<RunRow> = {
  name: 'runs',
  schema: `CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    due INTEGER,
    state TEXT NOT NULL
  ) STRICT;`,
  columns: ['id', 'rule', 'version', 'due', 'state'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.rule, row.version, row.due === null ? null : Math.round(row.due), row.state],
  row: (fields) => ({
    id: fields.text(),
    rule: fields.text(),
    version: fields.number(),
    due: fields.numberOrNull(),
    state: fields.text(),
  }),
  bytes: (row) => row.state.length + 150,
};
