// The rows of a house without a disk: kept in memory so that a restart finds them, or not kept at all.
import type { Rows } from '../../base/index.ts';
import type {
  DeviceMappingRow,
  DevicePropertyRow,
  DeviceRow,
  DeviceRows,
  SecretRow,
  SecretRows,
  StateRow,
  StateRows,
  VariableRow,
  VariableRows,
} from '../../devices/index.ts';
import type { CallRow, CaptureRow, EffectRow, EngineRows, RunRow, TriggerRow } from '../ports.ts';

/** Every row that a decision may write. */
export interface WorldRows extends EngineRows, DeviceRows {
  readonly states: StateRows;
  readonly variables: VariableRows;
  readonly secrets: SecretRows;
}

/** Rows in a map, as a store keeps them. */
export class MemoryRows<Row> implements Rows<Row> {
  readonly rows = new Map<string, Row>();
  readonly #keyOf: (row: Row) => string;

  constructor(keyOf: (row: Row) => string, rows: Iterable<Row> = []) {
    this.#keyOf = keyOf;
    for (const row of rows) this.put(row);
  }

  put(row: Row): void {
    this.rows.set(this.#keyOf(row), row);
  }

  delete(key: string): void {
    this.rows.delete(key);
  }
}

/** All that a house without a disk remembers over a restart. */
export class MemoryWorldRows implements WorldRows {
  readonly runs = new MemoryRows<RunRow>((row) => row.id);
  readonly effects = new MemoryRows<EffectRow>((row) => row.id);
  readonly calls = new MemoryRows<CallRow>((row) => row.id);
  readonly triggers = new MemoryRows<TriggerRow>((row) => row.id);
  readonly captures = new MemoryRows<CaptureRow>((row) => row.id);
  readonly states = new MemoryRows<StateRow>((row) => row.topic);
  readonly variables = new MemoryRows<VariableRow>((row) => row.name);
  readonly secrets = new MemoryRows<SecretRow>((row) => row.name);
  readonly devices = new MemoryRows<DeviceRow>((row) => row.id);
  readonly deviceProperties = new MemoryRows<DevicePropertyRow>((row) => `${row.device}/${row.property}`);
  readonly deviceMappings = new MemoryRows<DeviceMappingRow>((row) => row.id);
}

const unkept: Rows<unknown> = { put: () => undefined, delete: () => undefined };

/** For a house that is never restarted. */
export const unkeptRows: WorldRows = {
  runs: unkept,
  effects: unkept,
  calls: unkept,
  triggers: unkept,
  captures: unkept,
  states: unkept,
  variables: unkept,
  secrets: unkept,
  devices: unkept,
  deviceProperties: unkept,
  deviceMappings: unkept,
};
