// The tables of homerule.db. The position in this list is a table's number between the threads, never on disk.
import { aclTable } from './acl.ts';
import { auditTable } from './audit.ts';
import { bridgeMessagesTable } from './bridge-messages.ts';
import { bridgeReceiptsTable } from './bridge-receipts.ts';
import { bridgesTable } from './bridges.ts';
import { callsTable } from './calls.ts';
import { capturesTable } from './captures.ts';
import { contractsTable } from './contracts.ts';
import { deviceMappingsTable, devicePropertiesTable, devicesTable } from './devices.ts';
import { effectsOptions, effectsTable } from './effects.ts';
import { loginAdditions, loginsTable } from './logins.ts';
import { metaTable } from './meta.ts';
import { pluginsTable, pluginValuesTable } from './plugins.ts';
import { queuedMessagesTable } from './queued-messages.ts';
import { queuesTable } from './queues.ts';
import { receiptsTable } from './receipts.ts';
import { retainedTable } from './retained.ts';
import { ruleVersionsTable } from './rule-versions.ts';
import { rulesTable } from './rules.ts';
import { runsTable } from './runs.ts';
import { secretsTable } from './secrets.ts';
import { sessionsTable } from './sessions.ts';
import { shadowsTable } from './shadows.ts';
import type { TableShape } from './spec.ts';
import { stateAdditions, stateTable } from './state.ts';
import { subscriptionsTable } from './subscriptions.ts';
import { tokensTable } from './tokens.ts';
import { triggersTable } from './triggers.ts';
import { usersTable } from './users.ts';
import { variablesTable } from './variables.ts';
import { willsTable } from './wills.ts';

const firstTables: readonly TableShape[] = [
  stateTable,
  retainedTable,
  runsTable,
  effectsTable,
  rulesTable,
  ruleVersionsTable,
  metaTable,
];

const sessionTables: readonly TableShape[] = [
  sessionsTable,
  subscriptionsTable,
  queuedMessagesTable,
  queuesTable,
  receiptsTable,
  willsTable,
];

const accessTables: readonly TableShape[] = [usersTable, aclTable];

const bridgeTables: readonly TableShape[] = [bridgesTable, bridgeMessagesTable, bridgeReceiptsTable];

const homeTables: readonly TableShape[] = [variablesTable];
const secretTables: readonly TableShape[] = [secretsTable];
const peopleTables: readonly TableShape[] = [auditTable, loginsTable, tokensTable];
const deviceTables: readonly TableShape[] = [devicesTable, devicePropertiesTable, deviceMappingsTable];
const waitTables: readonly TableShape[] = [callsTable, triggersTable];
const captureTables: readonly TableShape[] = [capturesTable];
const contractTables: readonly TableShape[] = [contractsTable];

const pluginTables: readonly TableShape[] = [pluginsTable, pluginValuesTable];

const shadowTables: readonly TableShape[] = [shadowsTable];

export const truthTables: readonly TableShape[] = [
  ...firstTables,
  ...sessionTables,
  ...accessTables,
  ...bridgeTables,
  ...homeTables,
  ...peopleTables,
  ...waitTables,
  ...secretTables,
  ...captureTables,
  ...deviceTables,
  ...contractTables,
  ...pluginTables,
  ...shadowTables,
];

/** Whose a session, a will and a retained message is. */
const authorAdditions = `ALTER TABLE sessions ADD COLUMN user TEXT;
  ALTER TABLE wills ADD COLUMN user TEXT;
  ALTER TABLE retained ADD COLUMN user TEXT;
  ALTER TABLE retained ADD COLUMN client TEXT;`;

/** What they offered, so that rules find it before they run. */
const pluginAdditions = `ALTER TABLE plugins ADD COLUMN functions TEXT NOT NULL DEFAULT '[]';`;

const schemaOf = (tables: readonly TableShape[]): string => tables.map((table) => table.schema).join('\n');

/** Entry n makes schema n + 1 out of schema n. Entries are only ever added. */
export const truthMigrations: readonly string[] = [
  schemaOf(firstTables),
  schemaOf(sessionTables),
  schemaOf(accessTables),
  schemaOf(bridgeTables),
  `${stateAdditions}\n${schemaOf(homeTables)}`,
  schemaOf(peopleTables),
  `${effectsOptions}\n${schemaOf(waitTables)}`,
  authorAdditions,
  schemaOf(secretTables),
  schemaOf(captureTables),
  schemaOf(deviceTables),
  schemaOf(contractTables),
  schemaOf(pluginTables),
  pluginAdditions,
  schemaOf(shadowTables),
  loginAdditions,
];
