// Table `rule_versions`: every saved version of every rule. The key of a row is `rule@version`.
import type { RuleVersionRow } from '../../rules/index.ts';
import type { TableSpec } from './spec.ts';

export const ruleVersionKey = (rule: string, version: number): string => `${rule}@${version}`;

export const ruleVersionsTable: TableSpec<RuleVersionRow> = {
  name: 'rule_versions',
  schema: `CREATE TABLE rule_versions (
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    document TEXT NOT NULL,
    author TEXT NOT NULL,
    note TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (rule, version)
  ) STRICT;`,
  columns: ['rule', 'version', 'source', 'document', 'author', 'note', 'saved_at'],
  keyColumns: ['rule', 'version'],
  reads: {
    ofRule: 'rule = ?',
    exactly: 'rule = ? AND version = ?',
    inUse: `(rule, version) IN (SELECT id, version FROM rules UNION SELECT rule, version FROM runs)`,
  },
  lazy: 'nothing',
  key: (row) => ruleVersionKey(row.rule, row.version),
  keyValues: (key) => {
    const at = key.lastIndexOf('@');
    return [key.slice(0, at), Number(key.slice(at + 1))];
  },
  values: (row) => [
    row.rule,
    row.version,
    row.source,
    row.document,
    row.author,
    row.note,
    Math.round(row.savedAt),
  ],
  row: (fields) => ({
    rule: fields.text(),
    version: fields.number(),
    source: fields.text(),
    document: fields.text(),
    author: fields.text(),
    note: fields.text(),
    savedAt: fields.number(),
  }),
  bytes: (row) => row.source.length + row.document.length + 200,
};
