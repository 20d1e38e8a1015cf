// Table `acl`: what users may read and write.
import type { AclRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const aclTable: TableSpec<AclRow> = {
  name: 'acl',
  schema: `CREATE TABLE acl (
    id TEXT NOT NULL PRIMARY KEY,
    user TEXT NOT NULL,
    access TEXT NOT NULL,
    filter TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'user', 'access', 'filter', 'at'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.user, row.access, row.filter, Math.round(row.at)],
  row: (fields) => ({
    id: fields.text(),
    user: fields.text(),
    access: fields.oneOf(['read', 'write', 'readwrite', 'deny']),
    filter: fields.text(),
    at: fields.number(),
  }),
  bytes: (row) => row.user.length + row.filter.length + 120,
};
