// The rows that a snapshot holds, unpacked: what a house is built from that goes on from there. For any thread.
import { inflateRawSync } from 'node:zlib';
import type {
  DeviceMappingRow,
  DevicePropertyRow,
  DeviceRow,
  StateRow,
  VariableRow,
} from '../devices/index.ts';
import type { CaptureRow, RuleRow, RunRow, TriggerRow } from '../rules/index.ts';
import { ByteReader } from './byte-reader.ts';
import { Fields } from './tables/fields.ts';
import { keptTables } from './tables/kept.ts';
import type { TableSpec } from './tables/spec.ts';
import { readValues } from './values.ts';

/** All that a decision reads, and what waits. */
export interface KeptRows {
  readonly state: readonly StateRow[];
  readonly variables: readonly VariableRow[];
  readonly devices: readonly DeviceRow[];
  readonly deviceProperties: readonly DevicePropertyRow[];
  readonly deviceMappings: readonly DeviceMappingRow[];
  readonly runs: readonly RunRow[];
  readonly triggers: readonly TriggerRow[];
  readonly captures: readonly CaptureRow[];
  /** Which version of each rule was in force. */
  readonly rules: readonly RuleRow[];
}

/** No part can be larger, whatever a damaged file says. */
const maxPartBytes = 64 * 2 ** 20;

interface Part {
  readonly table: string;
  readonly columns: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/** The parts of a packed snapshot, each inflated when it is reached. */
function* partsOf(data: Uint8Array): Generator<Part> {
  const reader = new ByteReader(data);
  while (!reader.isAtEnd) {
    const table = reader.text();
    const columns = reader.unsigned();
    const rows = reader.unsigned();
    yield { table, columns, rows, bytes: inflateRawSync(reader.blob(), { maxOutputLength: maxPartBytes }) };
  }
}

/** The rows of one table, undefined for a table that this version does not know. */
type Reading = {
  readonly [Name in keyof KeptRows]: { readonly rows: KeptRows[Name]; take(part: Part): void };
};

/** Columns that a table has besides those that were packed are null. */
function reading<Row>(spec: TableSpec<Row>): { readonly rows: Row[]; take(part: Part): void } {
  const rows: Row[] = [];
  return {
    rows,
    take(part) {
      if (part.table !== spec.name) return;
      const reader = new ByteReader(part.bytes);
      const missing = Array.from({ length: Math.max(0, spec.columns.length - part.columns) }, () => null);
      for (let left = part.rows; left > 0; left--)
        rows.push(spec.row(new Fields([...readValues(reader, part.columns), ...missing])));
    },
  };
}

function readings(): Reading {
  return {
    state: reading(keptTables.state),
    variables: reading(keptTables.variables),
    devices: reading(keptTables.devices),
    deviceProperties: reading(keptTables.deviceProperties),
    deviceMappings: reading(keptTables.deviceMappings),
    runs: reading(keptTables.runs),
    triggers: reading(keptTables.triggers),
    captures: reading(keptTables.captures),
    rules: reading(keptTables.rules),
  };
}

function rowsOf(tables: Reading): KeptRows {
  return {
    state: tables.state.rows,
    variables: tables.variables.rows,
    devices: tables.devices.rows,
    deviceProperties: tables.deviceProperties.rows,
    deviceMappings: tables.deviceMappings.rows,
    runs: tables.runs.rows,
    triggers: tables.triggers.rows,
    captures: tables.captures.rows,
    rules: tables.rules.rows,
  };
}

/** Pauses after each part, so that who has other things to do can do them. */
export function* unpackRows(data: Uint8Array): Generator<undefined, KeptRows> {
  const tables = readings();
  for (const part of partsOf(data)) {
    for (const table of Object.values(tables)) table.take(part);
    yield;
  }
  return rowsOf(tables);
}

/** In a thread of its own. */
export function unpackRowsNow(data: Uint8Array): KeptRows {
  const steps = unpackRows(data);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
