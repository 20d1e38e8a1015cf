// Tables of plugins: which are on and how they are configured, and what they keep.
import type { PluginRow, PluginValueRow } from '../../plugins/index.ts';
import type { TableSpec } from './spec.ts';

export const pluginsTable: TableSpec<PluginRow> = {
  name: 'plugins',
  schema: `CREATE TABLE plugins (
    id TEXT NOT NULL PRIMARY KEY,
    enabled INTEGER NOT NULL,
    config TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;`,
  columns: ['id', 'enabled', 'config', 'reason', 'at', 'functions'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.enabled ? 1 : 0, row.config, row.reason, Math.round(row.at), row.functions],
  row: (fields) => ({
    id: fields.text(),
    enabled: fields.flag(),
    config: fields.text(),
    reason: fields.text(),
    at: fields.number(),
    functions: fields.text(),
  }),
  bytes: (row) => row.config.length + row.reason.length + row.functions.length + 100,
};

export const pluginValuesTable: TableSpec<PluginValueRow> = {
  name: 'plugin_values',
  schema: `CREATE TABLE plugin_values (
    plugin TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (plugin, key)
  ) STRICT;`,
  columns: ['plugin', 'key', 'value'],
  keyColumns: ['plugin', 'key'],
  reads: {},
  lazy: 'nothing',
  key: ({ plugin, key }) => `${plugin} ${key}`,
  keyValues: (key) => {
    const space = key.indexOf(' ');
    return [key.slice(0, space), key.slice(space + 1)];
  },
  values: (row) => [row.plugin, row.key, row.value],
  row: (fields) => ({ plugin: fields.text(), key: fields.text(), value: fields.text() }),
  bytes: (row) => row.value.length + row.key.length + 60,
};
