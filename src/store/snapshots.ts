// Snapshots as the rest of the house has them: the rows at some commits, taken soon after a start and every hour in the
// reading worker, so that nothing that decides or commits waits for them. With the journal they tell any past instant.
import { type Clock, type Logger, messageOf, SystemClock, type Timestamp, type Undo } from '../base/index.ts';
import type { GroupCommit } from './group-commit.ts';
import { type KeptRows, unpackRows } from './kept-rows.ts';
import type { SnapshotHead, StoredSnapshot } from './protocol.ts';
import type { ReaderLink } from './reader-link.ts';
import { SequenceMark } from './sequence-mark.ts';
import type { WorkerLink } from './worker-link.ts';

export interface SnapshotsOptions {
  readonly link: WorkerLink;
  readonly reader: ReaderLink;
  readonly commits: GroupCommit;
  readonly journal: { readonly lastSeq: number };
  readonly clock: Clock;
  readonly log: Logger;
}

/** For turns of the event loop, which take no time of the house. */
const turns = new SystemClock();
const hourMs = 3_600_000;
/** What came back with the last process, and what follows at once, is in the first. */
const firstMs = 5000;

export class Snapshots {
  readonly #options: SnapshotsOptions;
  readonly #mark: SequenceMark;
  #undo: Undo | undefined;
  #isStopped = false;
  #taking: Promise<SnapshotHead> | undefined;
  #taken = 0;
  #bytes = 0;
  #failed = 0;

  constructor(options: SnapshotsOptions) {
    this.#options = options;
    this.#mark = new SequenceMark(options);
  }

  counters(): Readonly<Record<string, number>> {
    return { snapshotsTaken: this.#taken, snapshotsFailed: this.#failed, snapshotLastBytes: this.#bytes };
  }

  start(): void {
    this.#isStopped = false;
    this.#again(firstMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#undo?.();
  }

  /** Sees what was put before the call. One at a time: who asks meanwhile gets that one. */
  take(): Promise<SnapshotHead> {
    this.#taking ??= this.#take().finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  /** The last one that is not later than `at`, packed; undefined when there is none. */
  async find(at: Timestamp): Promise<StoredSnapshot | undefined> {
    return (await this.#options.reader.ask('findSnapshot', { at })) ?? undefined;
  }

  /** Unpacks between other turns of the house. */
  async rows({ data }: Pick<StoredSnapshot, 'data'>): Promise<KeptRows> {
    const steps = unpackRows(data);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await new Promise<void>((resolve) => void turns.soon(resolve));
    }
  }

  async #take(): Promise<SnapshotHead> {
    const { link, reader } = this.#options;
    const { seq, at, data } = await this.#mark.during(() => reader.ask('takeSnapshot', null));
    const bytes = data.length;
    const message = { input: { seq, at, data }, transfer: [data.buffer] };
    await new Promise((done, failed) => link.send('putSnapshot', message, { done, failed }));
    this.#taken++;
    this.#bytes = bytes;
    return { seq, at };
  }

  #again(ms: number): void {
    if (!this.#isStopped) this.#undo = this.#options.clock.after(ms, () => void this.#hourly());
  }

  async #hourly(): Promise<void> {
    try {
      await this.take();
    } catch (error) {
      this.#failed++;
      if (!this.#isStopped)
        this.#options.log.warn({ error: messageOf(error) }, 'no snapshot of the house could be taken');
    }
    this.#again(hourMs);
  }
}
