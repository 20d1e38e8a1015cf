// Table `logins`: people who are logged in with a browser. The key is a hash: who reads the file cannot come in with it.
import type { LoginRow } from '../../api/index.ts';
import type { TableSpec } from './spec.ts';

/** What a later schema adds to the table. */
export const loginAdditions = 'ALTER TABLE logins ADD COLUMN browser TEXT;';

export const loginsTable: TableSpec<LoginRow> = {
  name: 'logins',
  schema: `CREATE TABLE logins (
    key TEXT NOT NULL PRIMARY KEY,
    user TEXT NOT NULL,
    password TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['key', 'user', 'password', 'address', 'created_at', 'seen_at', 'browser'],
  keyColumns: ['key'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.key,
  keyValues: (key) => [key],
  values: (row) => [
    row.key,
    row.user,
    row.password,
    row.address,
    Math.round(row.createdAt),
    Math.round(row.seenAt),
    row.browser,
  ],
  row: (fields) => ({
    key: fields.text(),
    user: fields.text(),
    password: fields.text(),
    address: fields.text(),
    createdAt: fields.number(),
    seenAt: fields.number(),
    browser: fields.textOrNull(),
  }),
  bytes: (row) => row.user.length + (row.browser?.length ?? 0) + 300,
};
