// Table `state`: the latest message of every topic.
import type { StateRow } from '../../devices/index.ts';
import type { TableSpec } from './spec.ts';

function pathChangesText(pathChanges: StateRow['pathChanges']): string | null {
  return Object.keys(pathChanges).length === 0 ? null : JSON.stringify(pathChanges);
}

export const stateTable: TableSpec<StateRow> = {
  name: 'state',
  schema: `CREATE TABLE state (
    topic TEXT NOT NULL PRIMARY KEY,
    payload BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    qos INTEGER NOT NULL,
    retain INTEGER NOT NULL,
    origin TEXT NOT NULL,
    by TEXT NOT NULL
  ) STRICT;`,
  columns: [
    ...['topic', 'payload', 'bytes', 'at', 'changed_at', 'qos', 'retain', 'origin', 'by'],
    ...['previous', 'path_changes'],
  ],
  keyColumns: ['topic'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.topic,
  keyValues: (key) => [key],
  values: (row) => [
    row.topic,
    row.payload,
    row.bytes,
    Math.round(row.at),
    Math.round(row.changedAt),
    row.qos,
    row.retain ? 1 : 0,
    row.origin,
    row.by,
    row.previous,
    pathChangesText(row.pathChanges),
  ],
  row: (fields) => ({
    topic: fields.text(),
    payload: fields.blob(),
    bytes: fields.number(),
    at: fields.number(),
    changedAt: fields.number(),
    qos: fields.qos(),
    retain: fields.flag(),
    origin: fields.text(),
    by: fields.text(),
    previous: fields.blobOrNull(),
    pathChanges: fields.numbersByName(),
  }),
  bytes: (row) => row.payload.length + (row.previous?.length ?? 0) + row.topic.length + 100,
};

/** What came with schema 5. */
export const stateAdditions = `ALTER TABLE state ADD COLUMN previous BLOB;
  ALTER TABLE state ADD COLUMN path_changes TEXT;`;
