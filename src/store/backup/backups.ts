// Backups of a running house: asked for, or once a day. One thing at a time; commits go on meanwhile.
import { existsSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupPreview, BackupRequest, BackupRestoreView, BackupView } from '../../api/index.ts';
import type { Clock, Logger, Part, Timestamp, Undo } from '../../base/index.ts';
import { HomeruleError, messageOf } from '../../base/index.ts';
import { storeError } from '../errors.ts';
import { WorkerLink } from '../worker-link.ts';
import { listBackups } from './list.ts';
import { databaseNames } from './manifest.ts';
import type { BackupOrder, KeeperOperations } from './orders.ts';
import { backupsFolder, beginBackup, removeUnfinished } from './write-backup.ts';

export interface BackupsOptions {
  /** The data folder. */
  readonly dir: string;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Copies databases into a folder while they are in use. */
  copy(folder: string, names: readonly (typeof databaseNames)[number][]): Promise<void>;
  /** How many daily ones stay. */
  readonly keep: number;
  /** From when on today's is due, `HH:MM`; undefined: never. */
  readonly from: string | undefined;
  /** Of the home: `YYYY-MM-DD` and `HH:MM:SS`. */
  readonly local: { date(at: Timestamp): string; time(at: Timestamp): string };
}

const lookMs = 60_000;
const maxWaiting = 8;

export class Backups implements Part {
  readonly #options: BackupsOptions;
  readonly #keeper: WorkerLink<KeeperOperations>;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** The day of the newest daily one, or of the last attempt. */
  #day = '';
  #made = 0;
  #failed = 0;
  #undo: Undo | undefined;

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#keeper = new WorkerLink({ file: 'keeper', setAside: () => undefined, died: () => undefined });
  }

  /** When the data folder is ours. */
  async start(): Promise<void> {
    const { dir, local } = this.#options;
    removeUnfinished(dir);
    const newest = listBackups(dir).find(({ reason }) => reason === 'daily');
    if (newest !== undefined) this.#day = local.date(newest.createdAt);
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#undo?.();
    await this.#keeper.end();
  }

  counters(): Readonly<Record<string, number>> {
    return { backupsMade: this.#made, backupsFailed: this.#failed };
  }

  list(): readonly BackupView[] {
    return listBackups(this.#options.dir);
  }

  /** Throws `backup-busy`, `backup-failed` and what the disk says. */
  make(request: BackupRequest): Promise<BackupView> {
    return this.#alone(() => this.#make({ ...request, reason: 'asked' }));
  }

  /** Throws `backup-missing`, `backup-damaged`, `backup-newer`. */
  preview(id: string): Promise<BackupPreview> {
    const { dir } = this.#options;
    return this.#alone(() => this.#ask('preview', { dir, folder: this.#folder(id), id }));
  }

  /** Ready to be put in place before the next start. Throws as `preview`. */
  stage(id: string, by: string): Promise<BackupRestoreView> {
    const { dir, clock } = this.#options;
    return this.#alone(() => this.#ask('stage', { dir, folder: this.#folder(id), id, by, at: clock.now() }));
  }

  /** Throws `backup-missing`. */
  async remove(id: string): Promise<void> {
    const folder = this.#folder(id);
    const going = join(backupsFolder(this.#options.dir), `.partial-${id}`);
    await rename(folder, going);
    await rm(going, { recursive: true, force: true });
  }

  async #make({
    history = false,
    withKey = false,
    reason,
  }: BackupRequest & Pick<BackupOrder, 'reason'>): Promise<BackupView> {
    const { dir, version, clock, copy } = this.#options;
    const order: BackupOrder = {
      dir,
      version,
      at: clock.now(),
      reason,
      hasHistory: history,
      hasKey: withKey,
    };
    const folder = beginBackup(order);
    try {
      await copy(folder, history ? databaseNames : ['homerule.db']);
      const view = await this.#ask('finish', { folder, order });
      this.#made++;
      return view;
    } catch (error) {
      this.#failed++;
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async #ask<Name extends keyof KeeperOperations>(
    operation: Name,
    input: KeeperOperations[Name]['in'],
  ): Promise<KeeperOperations[Name]['out']> {
    this.#keeper.start();
    try {
      return await this.#keeper.ask(operation, input);
    } finally {
      await this.#keeper.end();
    }
  }

  async #alone<Out>(work: () => Promise<Out>): Promise<Out> {
    if (this.#waiting >= maxWaiting)
      throw storeError(
        'backup-busy',
        `${maxWaiting} other requests about backups wait already; try again later`,
      );
    this.#waiting++;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } catch (error) {
      if (error instanceof HomeruleError) throw error;
      throw storeError('backup-failed', messageOf(error), { cause: error });
    } finally {
      this.#waiting--;
    }
  }

  /** Throws `backup-missing`. */
  #folder(id: string): string {
    const folder = join(backupsFolder(this.#options.dir), id);
    if (!/^\w[\w.-]*$/.test(id) || !existsSync(folder))
      throw storeError('backup-missing', `there is no backup "${id}"`);
    return folder;
  }

  #lookLater(): void {
    if (this.#options.from !== undefined)
      this.#undo = this.#options.clock.after(lookMs, () => void this.#look());
  }

  /** Makes today's when its time has come, also late when the house did not run then. */
  async #look(): Promise<void> {
    const { clock, local, from = '', log, keep } = this.#options;
    const now = clock.now();
    const today = local.date(now);
    this.#lookLater();
    if (today <= this.#day || local.time(now) < from) return;
    this.#day = today;
    try {
      await this.#alone(() => this.#make({ reason: 'daily' }));
      const daily = this.list().filter(({ reason }) => reason === 'daily');
      for (const { id } of daily.slice(keep)) await this.remove(id);
    } catch (error) {
      log.error({ error: messageOf(error) }, "today's backup could not be made");
    }
  }
}
