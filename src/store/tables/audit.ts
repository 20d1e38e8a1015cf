// Table `audit`: who did what. Lazy, because whoever answers for a deed waits for its commit anyway.
import type { AuditView } from '../../api/index.ts';
import type { TableSpec } from './spec.ts';

export const auditTable: TableSpec<AuditView> = {
  name: 'audit',
  schema: `CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    address TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    count INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'at', 'who', 'action', 'target', 'address', 'outcome', 'detail', 'count'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [
    row.id,
    Math.round(row.at),
    row.who,
    row.action,
    row.target,
    row.address,
    row.outcome,
    row.detail,
    row.count,
  ],
  row: (fields) => ({
    id: fields.text(),
    at: fields.number(),
    who: fields.text(),
    action: fields.text(),
    target: fields.text(),
    address: fields.text(),
    outcome: fields.oneOf(['done', 'failed', 'refused']),
    detail: fields.text(),
    count: fields.number(),
  }),
  bytes: (row) => row.target.length + row.detail.length + 200,
};
