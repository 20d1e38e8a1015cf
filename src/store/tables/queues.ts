// Table `queues`: places in the queues of sessions, in order of delivery.
import type { QueueRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const queuesTable: TableSpec<QueueRow> = {
  name: 'queues',
  schema: `CREATE TABLE queues (
    seq INTEGER NOT NULL PRIMARY KEY,
    client TEXT NOT NULL,
    message INTEGER,
    packet_id INTEGER
  ) STRICT;`,
  columns: ['seq', 'client', 'message', 'packet_id'],
  keyColumns: ['seq'],
  reads: {},
  lazy: 'deletes',
  key: (row) => String(row.seq),
  keyValues: (key) => [Number(key)],
  values: (row) => [row.seq, row.client, row.message, row.packetId],
  row: (fields) => ({
    seq: fields.number(),
    client: fields.text(),
    message: fields.numberOrNull(),
    packetId: fields.numberOrNull(),
  }),
  bytes: (row) => row.client.length + 80,
};
