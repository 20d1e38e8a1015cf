// Table `sessions`: sessions of MQTT clients that outlive their connection.
import type { SessionRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const sessionsTable: TableSpec<SessionRow> = {
  name: 'sessions',
  schema: `CREATE TABLE sessions (
    client TEXT NOT NULL PRIMARY KEY,
    expiry_seconds INTEGER NOT NULL,
    ends_at INTEGER
  ) STRICT;`,
  columns: ['client', 'expiry_seconds', 'ends_at', 'user'],
  keyColumns: ['client'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.client,
  keyValues: (key) => [key],
  values: (row) => [
    row.client,
    row.expirySeconds,
    row.endsAt === null ? null : Math.round(row.endsAt),
    row.user,
  ],
  row: (fields) => ({
    client: fields.text(),
    expirySeconds: fields.number(),
    endsAt: fields.numberOrNull(),
    user: fields.textOrNull(),
  }),
  bytes: (row) => row.client.length + 100,
};
