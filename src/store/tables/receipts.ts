// Table `receipts`: QoS 2 messages of clients that were accepted and not yet released by PUBREL.
import type { ReceiptRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const receiptsTable: TableSpec<ReceiptRow> = {
  name: 'receipts',
  schema: `CREATE TABLE receipts (
    id INTEGER NOT NULL PRIMARY KEY,
    client TEXT NOT NULL,
    packet_id INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'client', 'packet_id'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'deletes',
  key: (row) => String(row.id),
  keyValues: (key) => [Number(key)],
  values: (row) => [row.id, row.client, row.packetId],
  row: (fields) => ({ id: fields.number(), client: fields.text(), packetId: fields.number() }),
  bytes: (row) => row.client.length + 80,
};
