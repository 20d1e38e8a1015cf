// Table `wills`: last wills of connected clients, and those that wait for their time.
import type { WillRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const willsTable: TableSpec<WillRow> = {
  name: 'wills',
  schema: `CREATE TABLE wills (
    client TEXT NOT NULL PRIMARY KEY,
    topic TEXT NOT NULL,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    retain INTEGER NOT NULL,
    properties TEXT,
    hold_ms INTEGER NOT NULL,
    due_at INTEGER
  ) STRICT;`,
  columns: ['client', 'topic', 'payload', 'qos', 'retain', 'properties', 'hold_ms', 'due_at', 'user'],
  keyColumns: ['client'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.client,
  keyValues: (key) => [key],
  values: (row) => [
    row.client,
    row.topic,
    row.payload,
    row.qos,
    row.retain ? 1 : 0,
    row.properties,
    Math.round(row.holdMs),
    row.dueAt === null ? null : Math.round(row.dueAt),
    row.user,
  ],
  row: (fields) => ({
    client: fields.text(),
    topic: fields.text(),
    payload: fields.blob(),
    qos: fields.qos(),
    retain: fields.flag(),
    properties: fields.textOrNull(),
    holdMs: fields.number(),
    dueAt: fields.numberOrNull(),
    user: fields.textOrNull(),
  }),
  bytes: (row) => row.payload.length + row.topic.length + (row.properties?.length ?? 0) + 100,
};
