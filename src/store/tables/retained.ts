// Table `retained`: the retained messages of the broker.
import type { RetainedRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const retainedTable: TableSpec<RetainedRow> = {
  name: 'retained',
  schema: `CREATE TABLE retained (
    topic TEXT NOT NULL PRIMARY KEY,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    properties TEXT,
    at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['topic', 'payload', 'qos', 'properties', 'at', 'user', 'client'],
  keyColumns: ['topic'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.topic,
  keyValues: (key) => [key],
  values: (row) => [
    row.topic,
    row.payload,
    row.qos,
    row.properties,
    Math.round(row.at),
    row.user,
    row.client,
  ],
  row: (fields) => ({
    topic: fields.text(),
    payload: fields.blob(),
    qos: fields.qos(),
    properties: fields.textOrNull(),
    at: fields.number(),
    user: fields.textOrNull(),
    client: fields.textOrNull(),
  }),
  bytes: (row) => row.payload.length + row.topic.length + (row.properties?.length ?? 0) + 100,
};
