// The tables of homerule.db. The position in this list is a table's number between the threads, never on disk.
import { effectsTable } from './effects.ts';
import { metaTable } from './meta.ts';
import { retainedTable } from './retained.ts';
import { ruleVersionsTable } from './rule-versions.ts';
import { rulesTable } from './rules.ts';
import { runsTable } from './runs.ts';
import type { TableShape } from './spec.ts';
import { stateTable } from './state.ts';

export const truthTables: readonly TableShape[] = [
  stateTable,
  retainedTable,
  runsTable,
  effectsTable,
  rulesTable,
  ruleVersionsTable,
  metaTable,
];

/** Entry n makes schema n + 1 out of schema n. Entries are only ever added. */
export const truthMigrations: readonly string[] = [truthTables.map((table) => table.schema).join('\n')];
