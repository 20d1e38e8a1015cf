// Table `contracts`: what each topic was seen to say, as JSON. Learned again when it is lost, so a row may wait.
import type { ContractRow } from '../../devices/index.ts';
import type { TableSpec } from './spec.ts';

export const contractsTable: TableSpec<ContractRow> = {
  name: 'contracts',
  schema: `CREATE TABLE contracts (
    topic TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    facts TEXT NOT NULL
  ) STRICT;`,
  columns: ['topic', 'at', 'facts'],
  keyColumns: ['topic'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.topic,
  keyValues: (key) => [key],
  values: (row) => [row.topic, Math.round(row.at), row.facts],
  row: (fields) => ({ topic: fields.text(), at: fields.number(), facts: fields.text() }),
  bytes: (row) => row.topic.length + row.facts.length + 60,
};
