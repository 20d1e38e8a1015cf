// Table `triggers`: what triggers remember: what they hold until it has held long enough, what a condition was last.
import type { TriggerRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

export const triggersTable: TableSpec<TriggerRow> = {
  name: 'triggers',
  schema: `CREATE TABLE triggers (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    due INTEGER,
    state TEXT NOT NULL
  ) STRICT;`,
  columns: ['id', 'rule', 'due', 'state'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.rule, row.due === null ? null : Math.round(row.due), row.state],
  row: (fields) => ({
    id: fields.text(),
    rule: fields.text(),
    due: fields.numberOrNull(),
    state: fields.text(),
  }),
  bytes: (row) => row.state.length + 150,
};
