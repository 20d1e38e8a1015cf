// Tables of devices: who they are and what people say of them, what they last reported, descriptions by hand.
import type { DeviceMappingRow, DevicePropertyRow, DeviceRow } from '../../devices/index.ts';
import type { TableSpec } from './spec.ts';

export const devicesTable: TableSpec<DeviceRow> = {
  name: 'devices',
  schema: `CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    format TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT,
    room TEXT,
    labels TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    note TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    told_name TEXT NOT NULL
  ) STRICT;`,
  columns: [
    'id',
    'format',
    'key',
    'name',
    'room',
    'labels',
    'hidden',
    'note',
    'created_at',
    'version',
    'told_name',
  ],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [
    row.id,
    row.format,
    row.key,
    row.name,
    row.room,
    JSON.stringify(row.labels),
    row.hidden ? 1 : 0,
    row.note,
    Math.round(row.createdAt),
    row.version,
    row.toldName,
  ],
  row: (fields) => ({
    id: fields.text(),
    format: fields.text(),
    key: fields.text(),
    name: fields.textOrNull(),
    room: fields.textOrNull(),
    labels: fields.texts(),
    hidden: fields.flag(),
    note: fields.text(),
    createdAt: fields.number(),
    version: fields.number(),
    toldName: fields.text(),
  }),
  bytes: (row) => row.key.length + row.note.length + 300,
};

export const devicePropertiesTable: TableSpec<DevicePropertyRow> = {
  name: 'device_properties',
  schema: `CREATE TABLE device_properties (
    device TEXT NOT NULL,
    property TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    by TEXT NOT NULL,
    cause TEXT,
    topic TEXT NOT NULL,
    PRIMARY KEY (device, property)
  ) STRICT, WITHOUT ROWID;`,
  columns: ['device', 'property', 'value', 'at', 'changed_at', 'origin', 'by', 'cause', 'topic'],
  keyColumns: ['device', 'property'],
  reads: {},
  lazy: 'everything',
  key: (row) => `${row.device}/${row.property}`,
  keyValues: (key) => {
    const at = key.lastIndexOf('/');
    return [key.slice(0, at), key.slice(at + 1)];
  },
  values: (row) => [
    row.device,
    row.property,
    row.value,
    Math.round(row.at),
    Math.round(row.changedAt),
    row.origin,
    row.by,
    row.cause,
    row.topic,
  ],
  row: (fields) => ({
    device: fields.text(),
    property: fields.text(),
    value: fields.text(),
    at: fields.number(),
    changedAt: fields.number(),
    origin: fields.text(),
    by: fields.text(),
    cause: fields.textOrNull(),
    topic: fields.text(),
  }),
  bytes: (row) => row.value.length + row.topic.length + 150,
};

export const deviceMappingsTable: TableSpec<DeviceMappingRow> = {
  name: 'device_mappings',
  schema: `CREATE TABLE device_mappings (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    author TEXT NOT NULL
  ) STRICT;`,
  columns: ['id', 'document', 'version', 'changed_at', 'author'],
  keyColumns: ['id'],
  reads: {},
  lazy: 'nothing',
  key: (row) => row.id,
  keyValues: (key) => [key],
  values: (row) => [row.id, row.document, row.version, Math.round(row.changedAt), row.author],
  row: (fields) => ({
    id: fields.text(),
    document: fields.text(),
    version: fields.number(),
    changedAt: fields.number(),
    author: fields.text(),
  }),
  bytes: (row) => row.document.length + 150,
};
