// The tables of homerule.db that a snapshot holds: all that a decision reads, and what waits.
import { capturesTable } from './captures.ts';
import { deviceMappingsTable, devicePropertiesTable, devicesTable } from './devices.ts';
import { rulesTable } from './rules.ts';
import { runsTable } from './runs.ts';
import type { TableShape } from './spec.ts';
import { stateTable } from './state.ts';
import { triggersTable } from './triggers.ts';
import { variablesTable } from './variables.ts';

/** By their name in `KeptRows`. */
export const keptTables = {
  state: stateTable,
  variables: variablesTable,
  devices: devicesTable,
  deviceProperties: devicePropertiesTable,
  deviceMappings: deviceMappingsTable,
  runs: runsTable,
  triggers: triggersTable,
  captures: capturesTable,
  rules: rulesTable,
} as const;

export const keptShapes: readonly TableShape[] = Object.values(keptTables);
