// Table `shadows`: what shadow rules would have done, and what reality says of it; of each rule the latest.
import type { ShadowRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

const deeds = ['publish', 'set', 'emit', 'variable', 'command', 'call'] as const;
const verdicts = ['pending', 'already', 'matched', 'missed', 'unknown', 'uncompared', 'by-hand'] as const;

export const shadowsTable: TableSpec<ShadowRow> = {
  name: 'shadows',
  schema: `CREATE TABLE shadows (
    id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    run TEXT NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    target TEXT NOT NULL,
    value TEXT NOT NULL,
    verdict TEXT NOT NULL,
    real_at INTEGER,
    real_by TEXT
  ) STRICT;`,
  columns: ['id', 'rule', 'version', 'run', 'at', 'what', 'target', 'value', 'verdict', 'real_at', 'real_by'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'everything',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: ({ id, rule, version, run, at, what, target, value, verdict, realAt, realBy }) => [
    ...[id, rule, version, run, Math.round(at), what, target, value, verdict],
    realAt === null ? null : Math.round(realAt),
    realBy,
  ],
  row: (fields) => ({
    id: fields.text(),
    rule: fields.text(),
    version: fields.number(),
    run: fields.text(),
    at: fields.number(),
    what: fields.oneOf(deeds),
    target: fields.text(),
    value: fields.text(),
    verdict: fields.oneOf(verdicts),
    realAt: fields.numberOrNull(),
    realBy: fields.textOrNull(),
  }),
  bytes: ({ target, value }) => target.length + value.length + 250,
};
