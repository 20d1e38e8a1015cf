// Table `tokens`: programs that may use the API. Only the hash of a token is kept.
import type { TokenRow } from '../../api/index.ts';
import type { TableSpec } from './spec.ts';

const scopes = ['read', 'operate', 'edit', 'admin'] as const;

export const tokensTable: TableSpec<TokenRow> = {
  name: 'tokens',
  schema: `CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER
  ) STRICT;`,
  columns: ['id', 'name', 'hash', 'scopes', 'by', 'created_at', 'expires_at', 'used_at'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [
    row.id,
    row.name,
    row.hash,
    row.scopes.join(' '),
    row.by,
    Math.round(row.createdAt),
    row.expiresAt === null ? null : Math.round(row.expiresAt),
    row.usedAt === null ? null : Math.round(row.usedAt),
  ],
  row: (fields) => ({
    id: fields.text(),
    name: fields.text(),
    hash: fields.text(),
    scopes: wordsOf(fields.text()),
    by: fields.text(),
    createdAt: fields.number(),
    expiresAt: fields.numberOrNull(),
    usedAt: fields.numberOrNull(),
  }),
  bytes: (row) => row.name.length + 300,
};

function wordsOf(text: string): TokenRow['scopes'] {
  const words = new Set(text.split(' '));
  return scopes.filter((scope) => words.has(scope));
}
