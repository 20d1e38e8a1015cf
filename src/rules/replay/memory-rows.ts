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
import type { KeptRows } from '../run/restoring.ts';

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

function byId<Row extends { readonly id: string }>(rows: Iterable<Row> = []): MemoryRows<Row> {
  return new MemoryRows((row) => row.id, rows);
}

/** All that a house without a disk remembers over a restart. */
export class MemoryWorldRows implements WorldRows {
  readonly runs = byId<RunRow>();
  readonly effects = byId<EffectRow>();
  readonly calls = byId<CallRow>();
  readonly triggers = byId<TriggerRow>();
  readonly captures = byId<CaptureRow>();
  readonly states = new MemoryRows<StateRow>((row) => row.topic);
  readonly variables = new MemoryRows<VariableRow>((row) => row.name);
  readonly secrets = new MemoryRows<SecretRow>((row) => row.name);
  readonly devices = new MemoryRows<DeviceRow>((row) => row.id);
  readonly deviceProperties = new MemoryRows<DevicePropertyRow>((row) => `${row.device}/${row.property}`);
  readonly deviceMappings = new MemoryRows<DeviceMappingRow>((row) => row.id);
}

const unkept: Rows<unknown> = { put: () => undefined, delete: () => undefined };

/** What waits in a house of which all else is asked of its world when it is restarted. */
export interface WaitingRows extends WorldRows {
  readonly runs: MemoryRows<RunRow>;
  readonly triggers: MemoryRows<TriggerRow>;
  readonly captures: MemoryRows<CaptureRow>;
}

export function waitingRows({ runs, triggers, captures }: Partial<KeptRows>): WaitingRows {
  return { ...unkeptRows, runs: byId(runs), triggers: byId(triggers), captures: byId(captures) };
}

/** What another engine goes on with. */
export function keptRows({ runs, triggers, captures }: WaitingRows): KeptRows {
  return {
    runs: [...runs.rows.values()],
    triggers: [...triggers.rows.values()],
    captures: [...captures.rows.values()],
  };
}

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
