// Table `effects`: publishes that were decided and are not released yet. What is found here at start is released again.
import type { EffectRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

/** What schema 5 adds to the table. */
export const effectsOptions = 'ALTER TABLE effects ADD COLUMN options TEXT;';

export const effectsTable: TableSpec<EffectRow> = {
  name: 'effects',
  schema: `CREATE TABLE effects (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    run TEXT NOT NULL,
    at INTEGER NOT NULL,
    topic TEXT NOT NULL,
    payload BLOB NOT NULL,
    qos INTEGER NOT NULL,
    retain INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'rule', 'run', 'at', 'topic', 'payload', 'qos', 'retain', 'options'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'deletes',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [
    row.id,
    row.rule,
    row.run,
    Math.round(row.at),
    row.topic,
    row.payload,
    row.qos,
    row.retain ? 1 : 0,
    row.options,
  ],
  row: (fields) => ({
    id: fields.text(),
    rule: fields.text(),
    run: fields.text(),
    at: fields.number(),
    topic: fields.text(),
    payload: fields.blob(),
    qos: fields.qos(),
    retain: fields.flag(),
    options: fields.textOrNull(),
  }),
  bytes: (row) => row.payload.length + row.topic.length + 200,
};
