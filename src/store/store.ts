// Everything that must survive. Composes the tables, the journal, the traces and the worker that writes them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditView, LoginRow, TokenRow } from '../api/index.ts';
import type { Clock, HomeruleError, Logger, Part, Timestamp, Undo } from '../base/index.ts';
import { messageOf } from '../base/index.ts';
import type { BridgeMessageRow, BridgeReceiptRow, BridgeRow } from '../bridges/index.ts';
import type {
  AclRow,
  QueuedMessageRow,
  QueueRow,
  ReceiptRow,
  RetainedRow,
  SessionRow,
  SubscriptionRow,
  UserRow,
  WillRow,
} from '../broker/index.ts';
import type {
  ContractRow,
  DeviceMappingRow,
  DevicePropertyRow,
  DeviceRow,
  StateRow,
  VariableRow,
} from '../devices/index.ts';
import type { PluginRow, PluginValueRow } from '../plugins/index.ts';
import type { CaptureRow, EffectRow, RuleRow, RunRow, ShadowRow, TriggerRow } from '../rules/index.ts';
import { Alive } from './alive.ts';
import { GroupCommit } from './group-commit.ts';
import { History } from './history.ts';
import { Journal } from './journal.ts';
import { type Lock, takeLock } from './lock.ts';
import { Past } from './past.ts';
import type { SetAside } from './protocol.ts';
import { ReaderLink } from './reader-link.ts';
import { RuleVersions } from './rule-versions.ts';
import { Seal } from './seal.ts';
import { SealedCalls } from './sealed-calls.ts';
import { SealedSecrets } from './sealed-secrets.ts';
import { defaultPolicy, type HistoryPolicy } from './series/policy.ts';
import { Snapshots } from './snapshots.ts';
import { Table, type TableHouse } from './table.ts';
import { aclTable } from './tables/acl.ts';
import { auditTable } from './tables/audit.ts';
import { bridgeMessagesTable } from './tables/bridge-messages.ts';
import { bridgeReceiptsTable } from './tables/bridge-receipts.ts';
import { bridgesTable } from './tables/bridges.ts';
import { callsTable } from './tables/calls.ts';
import { capturesTable } from './tables/captures.ts';
import { contractsTable } from './tables/contracts.ts';
import { deviceMappingsTable, devicePropertiesTable, devicesTable } from './tables/devices.ts';
import { effectsTable } from './tables/effects.ts';
import { loginsTable } from './tables/logins.ts';
import { type MetaRow, metaTable } from './tables/meta.ts';
import { pluginsTable, pluginValuesTable } from './tables/plugins.ts';
import { queuedMessagesTable } from './tables/queued-messages.ts';
import { queuesTable } from './tables/queues.ts';
import { receiptsTable } from './tables/receipts.ts';
import { retainedTable } from './tables/retained.ts';
import { rulesTable } from './tables/rules.ts';
import { runsTable } from './tables/runs.ts';
import { secretsTable } from './tables/secrets.ts';
import { sessionsTable } from './tables/sessions.ts';
import { shadowsTable } from './tables/shadows.ts';
import { stateTable } from './tables/state.ts';
import { subscriptionsTable } from './tables/subscriptions.ts';
import { tokensTable } from './tables/tokens.ts';
import { triggersTable } from './tables/triggers.ts';
import { usersTable } from './tables/users.ts';
import { variablesTable } from './tables/variables.ts';
import { willsTable } from './tables/wills.ts';
import { Traces } from './traces.ts';
import { WorkerLink } from './worker-link.ts';

export interface StoreOptions {
  /** The data folder; made when it is missing. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** The worker is gone for good: nothing more will be committed, so the process should end and start again. */
  readonly onFatal?: (error: HomeruleError) => void;
  readonly maxPendingRows?: number;
  readonly maxPendingBytes?: number;
  readonly maxPendingTraces?: number;
  readonly maxJournalBehindBytes?: number;
  /** What is kept of the past, and for how long. */
  readonly history?: HistoryPolicy;
}

const hourMs = 3_600_000;
const sequenceBlock = 1e9;
const stopDeadlineMs = 5000;

/** Of rows that wait for the disk. */
function pendingBounds({ maxPendingRows = 200_000, maxPendingBytes = 256 * 2 ** 20 }: StoreOptions): {
  readonly maxPendingRows: number;
  readonly maxPendingBytes: number;
} {
  return { maxPendingRows, maxPendingBytes };
}

export class Store implements Part {
  readonly state: Table<StateRow>;
  readonly retained: Table<RetainedRow>;
  readonly sessions: Table<SessionRow>;
  readonly subscriptions: Table<SubscriptionRow>;
  readonly queuedMessages: Table<QueuedMessageRow>;
  readonly queues: Table<QueueRow>;
  readonly receipts: Table<ReceiptRow>;
  readonly wills: Table<WillRow>;
  readonly runs: Table<RunRow>;
  readonly effects: Table<EffectRow>;
  readonly calls: SealedCalls;
  readonly triggers: Table<TriggerRow>;
  readonly captures: Table<CaptureRow>;
  readonly shadows: Table<ShadowRow>;
  readonly contracts: Table<ContractRow>;
  readonly rules: Table<RuleRow>;
  readonly ruleVersions: RuleVersions;
  readonly users: Table<UserRow>;
  readonly acl: Table<AclRow>;
  readonly audit: Table<AuditView>;
  readonly logins: Table<LoginRow>;
  readonly tokens: Table<TokenRow>;
  readonly bridges: Table<BridgeRow>;
  readonly bridgeMessages: Table<BridgeMessageRow>;
  readonly bridgeReceipts: Table<BridgeReceiptRow>;
  readonly variables: Table<VariableRow>;
  readonly devices: Table<DeviceRow>;
  readonly deviceProperties: Table<DevicePropertyRow>;
  readonly deviceMappings: Table<DeviceMappingRow>;
  readonly plugins: Table<PluginRow>;
  readonly pluginValues: Table<PluginValueRow>;
  readonly secrets: SealedSecrets;
  readonly meta: Table<MetaRow>;
  readonly alive: Alive;
  readonly commits: GroupCommit;
  readonly journal: Journal;
  readonly history: History;
  readonly snapshots: Snapshots;
  readonly past: Past;
  readonly traces: Traces;
  readonly #options: StoreOptions;
  readonly #link: WorkerLink;
  readonly #reader: ReaderLink;
  readonly #policy: HistoryPolicy;
  #lock: Lock | undefined;
  #isStopping = false;
  #undoPrune: Undo | undefined;
  #fatal: string | undefined;
  #recovered = 0;
  #badRows = 0;

  constructor(options: StoreOptions) {
    const { clock, log, maxJournalBehindBytes: maxBehindBytes = 16 * 2 ** 20 } = options;
    const link: WorkerLink = new WorkerLink({
      file: 'worker',
      setAside: (moved) => this.#wasSetAside(moved),
      died: (error) => this.#died(error),
    });
    const commits = new GroupCommit({ link, clock, log, ...pendingBounds(options) });
    const house: TableHouse = { commits, link, onBadRow: (table, error) => this.#badRow(table, error) };
    this.#options = options;
    this.#link = link;
    this.#reader = new ReaderLink({ clock, log, dir: options.dir });
    this.#policy = options.history ?? defaultPolicy;
    this.commits = commits;
    this.state = new Table(stateTable, house);
    this.retained = new Table(retainedTable, house);
    this.sessions = new Table(sessionsTable, house);
    this.subscriptions = new Table(subscriptionsTable, house);
    this.queuedMessages = new Table(queuedMessagesTable, house);
    this.queues = new Table(queuesTable, house);
    this.receipts = new Table(receiptsTable, house);
    this.wills = new Table(willsTable, house);
    this.runs = new Table(runsTable, house);
    this.effects = new Table(effectsTable, house);
    this.triggers = new Table(triggersTable, house);
    this.captures = new Table(capturesTable, house);
    this.shadows = new Table(shadowsTable, house);
    this.contracts = new Table(contractsTable, house);
    this.rules = new Table(rulesTable, house);
    this.ruleVersions = new RuleVersions(house);
    this.users = new Table(usersTable, house);
    this.acl = new Table(aclTable, house);
    this.audit = new Table(auditTable, house);
    this.logins = new Table(loginsTable, house);
    this.tokens = new Table(tokensTable, house);
    this.bridges = new Table(bridgesTable, house);
    this.bridgeMessages = new Table(bridgeMessagesTable, house);
    this.bridgeReceipts = new Table(bridgeReceiptsTable, house);
    this.variables = new Table(variablesTable, house);
    this.devices = new Table(devicesTable, house);
    this.plugins = new Table(pluginsTable, house);
    this.pluginValues = new Table(pluginValuesTable, house);
    this.deviceProperties = new Table(devicePropertiesTable, house);
    this.deviceMappings = new Table(deviceMappingsTable, house);
    const sealing = { seal: new Seal(options.dir), log };
    this.secrets = new SealedSecrets(new Table(secretsTable, house), sealing);
    this.calls = new SealedCalls(new Table(callsTable, house), sealing);
    this.meta = new Table(metaTable, house);
    this.alive = new Alive(this.meta);
    const threads = { link, reader: this.#reader, clock, log };
    this.history = new History({ ...threads, flush: () => this.journal.flush() });
    this.journal = new Journal({ ...threads, maxBehindBytes, heard: (counts) => this.history.heard(counts) });
    const told = { ...threads, commits, journal: this.journal, policy: this.#policy };
    this.snapshots = new Snapshots(told);
    this.past = new Past({ ...told, snapshots: this.snapshots });
    this.traces = new Traces({ link, clock, log, maxPending: options.maxPendingTraces ?? 10_000 });
  }

  /** What is wrong at present, in words, or undefined. */
  get failure(): string | undefined {
    return this.#fatal ?? this.commits.failure ?? this.journal.failure ?? this.traces.failure;
  }

  counters(): Readonly<Record<string, number>> {
    return {
      ...this.commits.counters(),
      ...this.journal.counters(),
      ...this.history.counters(),
      ...this.snapshots.counters(),
      ...this.traces.counters(),
      ...this.#reader.counters(),
      storeRecoveredFiles: this.#recovered,
      storeBadRows: this.#badRows,
    };
  }

  /** Throws `data-in-use`, `store-newer`, `store-unopenable` or `store-migration-failed`. */
  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { dir, clock } = this.#options;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#lock = takeLock(dir, clock.now());
    try {
      this.#link.start();
      const opened = await this.#link.ask('open', { dir, at: clock.now(), history: this.#policy });
      for (const moved of opened.setAside) this.#wasSetAside(moved);
      signal.throwIfAborted();
    } catch (error) {
      await this.#letGo();
      throw error;
    }
    this.#prune();
    this.history.start();
    this.snapshots.start();
  }

  /**
   * The first of a thousand million sequence numbers that nobody had before and nobody will have again. Every call
   * returns another block; the first one after a start is noted as that start's.
   */
  async nextSeqBlock(): Promise<number> {
    const { first } = await this.#link.ask('reserve', { size: sequenceBlock });
    this.journal.beginsAfter(first - 1);
    return first;
  }

  /** When the last process was seen alive for the last time: it noted so, or an input came. */
  async lastSeen(): Promise<Timestamp | undefined> {
    const seen = [await this.alive.last(), await this.past.end()].filter((at) => at !== undefined);
    return seen.length === 0 ? undefined : Math.max(...seen);
  }

  /** Keeps everything that waits, within five seconds. */
  async stop(): Promise<void> {
    if (this.#lock === undefined) return;
    this.#isStopping = true;
    this.#undoPrune?.();
    this.history.stop();
    this.snapshots.stop();
    let undo: Undo | undefined;
    const deadline = new Promise<boolean>((resolve) => {
      undo = this.#options.clock.after(stopDeadlineMs, () => resolve(false));
    });
    const isInTime = await Promise.race([this.#finish(), deadline]);
    undo?.();
    if (!isInTime)
      this.#options.log.error({}, 'the store did not finish in time; the last rows may be missing');
    await this.#letGo();
  }

  async #finish(): Promise<boolean> {
    const { clock, log } = this.#options;
    const lost = await this.commits.stop();
    if (lost > 0) log.error({ rows: lost, reason: this.commits.failure }, `${lost} rows could not be kept`);
    this.journal.stop();
    await this.traces.stop();
    try {
      await this.#link.ask('close', { at: clock.now() });
    } catch (error) {
      log.error({ error: messageOf(error) }, 'the databases could not be closed cleanly');
    }
    return true;
  }

  async #letGo(): Promise<void> {
    await this.#reader.stop();
    await this.#link.end();
    this.#lock?.release();
    this.#lock = undefined;
  }

  /** Whole copies of databases in a folder, as they are at the end of the copying. Nothing waits for it. */
  async copyInto(folder: string, names: readonly ('homerule.db' | 'history.db')[]): Promise<void> {
    for (const name of names) await this.#link.ask('copy', { name, target: join(folder, name) });
  }

  /** What the journal holds is not older. */
  journalFrom(): Timestamp {
    return this.#options.clock.now() - this.#policy.journalMs;
  }

  /** One step now, the next at once while there is more to delete, otherwise in an hour. */
  #prune(): void {
    const { clock, log } = this.#options;
    const input = { before: this.journalFrom(), maxBytes: this.#policy.journalBytes };
    const again = (ms: number): void => {
      if (!this.#isStopping) this.#undoPrune = clock.after(ms, () => this.#prune());
    };
    this.#link.send(
      'prune',
      { input },
      {
        done: ({ hasMore }) => again(hasMore ? 100 : hourMs),
        failed: (error) => {
          log.warn({ error: error.message }, 'old journal entries could not be deleted');
          again(hourMs);
        },
      },
    );
  }

  #wasSetAside(moved: SetAside): void {
    this.#recovered++;
    // It may hold the file that was put aside.
    void this.#reader.end();
    const backup = moved.backup === null ? 'there is no backup' : `the newest backup is ${moved.backup}`;
    this.#options.log.error(
      { ...moved },
      `${moved.file} could not be read (${moved.reason}); it was kept as ${moved.movedTo} and an empty one began; ${backup}`,
    );
  }

  #badRow(table: string, error: unknown): void {
    this.#badRows++;
    this.#options.log.error({ table, error: messageOf(error) }, `a row of ${table} cannot be read`);
  }

  #died(error: HomeruleError): void {
    this.#fatal = error.message;
    this.#options.log.error({}, error.message);
    this.#options.onFatal?.(error);
  }
}
