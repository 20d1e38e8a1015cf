// Table `state`: the latest message of every topic.
import type { StateRow } from '../../devices/index.ts';
import type { TableSpec } from './spec.ts';

function pathChangesText(pathChanges: StateRow['pathChanges']): string | null {
  return pathChanges === undefined ? null : JSON.stringify(pathChanges);
}

function pathChangesOf(changes: Readonly<Record<string, number>>): StateRow['pathChanges'] {
  return Object.keys(changes).length === 0 ? undefined : changes;
}

function payloadOf(bytes: Uint8Array | null): StateRow['previous'] {
  return bytes === null ? undefined : { bytes };
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
    row.payload.bytes,
    row.bytes,
    Math.round(row.at),
    Math.round(row.changedAt),
    row.qos,
    row.retain ? 1 : 0,
    row.origin,
    row.by,
    row.previous?.bytes ?? null,
    pathChangesText(row.pathChanges),
  ],
  row: (fields) => ({
    topic: fields.text(),
    payload: { bytes: fields.blob() },
    bytes: fields.number(),
    at: fields.number(),
    changedAt: fields.number(),
    qos: fields.qos(),
    retain: fields.flag(),
    origin: fields.text(),
    by: fields.text(),
    previous: payloadOf(fields.blobOrNull()),
    pathChanges: pathChangesOf(fields.numbersByName()),
  }),
  bytes: (row) => row.payload.bytes.length + (row.previous?.bytes.length ?? 0) + row.topic.length + 100,
};

/** What came with schema 5. */
export const stateAdditions = `ALTER TABLE state ADD COLUMN previous BLOB;
  ALTER TABLE state ADD COLUMN path_changes TEXT;`;
