// Table `rules`: which version of a rule is in force.
import type { RuleRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

export const rulesTable: TableSpec<RuleRow> = {
  name: 'rules',
  schema: `CREATE TABLE rules (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    enabled INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'version', 'enabled'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.version, row.enabled ? 1 : 0],
  row: (fields) => ({ id: fields.text(), version: fields.number(), enabled: fields.flag() }),
  bytes: () => 100,
};
