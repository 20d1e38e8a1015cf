// Table `queued_messages`: messages that wait in one queue or more of `queues`, each stored once.
import type { QueuedMessageRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const queuedMessagesTable: TableSpec<QueuedMessageRow> = {
  name: 'queued_messages',
  schema: `CREATE TABLE queued_messages (
    id INTEGER NOT NULL PRIMARY KEY,
    topic TEXT NOT NULL,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    retain INTEGER NOT NULL,
    properties TEXT,
    expires_at INTEGER
  ) STRICT;`,
  columns: ['id', 'topic', 'payload', 'qos', 'retain', 'properties', 'expires_at'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'deletes',
  key: (row) => String(row.id),
  keyValues: (key) => [Number(key)],
  values: (row) => [
    row.id,
    row.topic,
    row.payload,
    row.qos,
    row.retain ? 1 : 0,
    row.properties,
    row.expiresAt === null ? null : Math.round(row.expiresAt),
  ],
  row: (fields) => ({
    id: fields.number(),
    topic: fields.text(),
    payload: fields.blob(),
    qos: fields.qos(),
    retain: fields.flag(),
    properties: fields.textOrNull(),
    expiresAt: fields.numberOrNull(),
  }),
  bytes: (row) => row.payload.length + row.topic.length + (row.properties?.length ?? 0) + 100,
};
