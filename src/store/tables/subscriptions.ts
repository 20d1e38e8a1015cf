// Table `subscriptions`: what the clients of `sessions` subscribed to.
import type { SubscriptionRow } from '../../broker/index.ts';
import type { TableSpec } from './spec.ts';

export const subscriptionsTable: TableSpec<SubscriptionRow> = {
  name: 'subscriptions',
  schema: `CREATE TABLE subscriptions (
    id INTEGER NOT NULL PRIMARY KEY,
    client TEXT NOT NULL,
    filter TEXT NOT NULL,
    qos INTEGER NOT NULL,
    options INTEGER,
    identifier INTEGER
  ) STRICT;`,
  columns: ['id', 'client', 'filter', 'qos', 'options', 'identifier'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => String(row.id),
  keyValues: (key) => [Number(key)],
  values: (row) => [row.id, row.client, row.filter, row.qos, row.options, row.identifier],
  row: (fields) => ({
    id: fields.number(),
    client: fields.text(),
    filter: fields.text(),
    qos: fields.qos(),
    options: fields.numberOrNull(),
    identifier: fields.numberOrNull(),
  }),
  bytes: (row) => row.client.length + row.filter.length + 100,
};
