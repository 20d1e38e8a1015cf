// Table `calls`: work outside that a run waits for. What is found here at start was not answered.
import type { CallRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

/** As it lies on the disk: the request is JSON, or sealed and then in base64 behind a mark. */
export type StoredCall = Omit<CallRow, 'isSecret'>;

export const callsTable: TableSpec<StoredCall> = {
  name: 'calls',
  schema: `CREATE TABLE calls (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    run TEXT NOT NULL,
    at INTEGER NOT NULL,
    service TEXT NOT NULL,
    request TEXT NOT NULL,
    is_idempotent INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'rule', 'run', 'at', 'service', 'request', 'is_idempotent'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [
    row.id,
    row.rule,
    row.run,
    Math.round(row.at),
    row.service,
    row.request,
    row.isIdempotent ? 1 : 0,
  ],
  row: (fields) => ({
    id: fields.text(),
    rule: fields.text(),
    run: fields.text(),
    at: fields.number(),
    service: fields.text(),
    request: fields.text(),
    isIdempotent: fields.flag(),
  }),
  bytes: (row) => row.request.length + 150,
};
