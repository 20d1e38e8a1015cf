// Table `users`: who may connect with a password, as a hash.
import type { UserRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const usersTable: TableSpec<UserRow> = {
  name: 'users',
  schema: `CREATE TABLE users (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['name', 'role', 'password', 'enabled', 'created_at', 'changed_at'],
  keyColumns: ['name'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.name,
  keyValues: (key) => [key],
  values: (row) => [
    row.name,
    row.role,
    row.password,
    row.enabled ? 1 : 0,
    Math.round(row.createdAt),
    Math.round(row.changedAt),
  ],
  row: (fields) => ({
    name: fields.text(),
    role: fields.oneOf(['admin', 'editor', 'viewer', 'device']),
    password: fields.text(),
    enabled: fields.flag(),
    createdAt: fields.number(),
    changedAt: fields.number(),
  }),
  bytes: (row) => row.name.length + row.password.length + 150,
};
