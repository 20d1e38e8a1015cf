// Gathers rows into batches and has one batch at a time committed by the worker; the next gathers meanwhile.
// A batch closes between messages, never inside one. Knows no SQL and no row types.
import {
  type BatchNumber,
  type Clock,
  type Commits,
  type HomeruleError,
  type Logger,
  messageOf,
  type Undo,
} from '../base/index.ts';
import { ByteWriter } from './byte-writer.ts';
import { FailureState } from './failure-state.ts';
import type { WorkerLink } from './worker-link.ts';

/** Rows of one table that left for the worker. */
export interface Taken {
  readonly rows: number;
  /** The commit failed: puts them back under whatever has come since. */
  giveBack(): void;
}

/** A table as seen from here. */
export interface Gatherer {
  readonly pendingRows: number;
  /** Counted when it is asked for. */
  readonly pendingBytes: number;
  /** Writes the open rows and forgets them; undefined when there are none. */
  take(to: ByteWriter): Taken | undefined;
}

interface Flight {
  readonly batch: BatchNumber;
  readonly rows: number;
  readonly taken: readonly Taken[];
  readonly waiters: (() => void)[];
  readonly sentAt: number;
}

export interface GroupCommitOptions {
  readonly link: WorkerLink;
  readonly clock: Clock;
  readonly log: Logger;
  readonly maxPendingRows: number;
  readonly maxPendingBytes: number;
}

/** The longest that lazy rows wait when nothing urgent comes. */
const lazyMs = 1000;
const firstRetryMs = 1000;
const longestRetryMs = 4000;

export class GroupCommit implements Commits {
  readonly #options: GroupCommitOptions;
  readonly #gatherers: Gatherer[] = [];
  readonly #failure: FailureState;
  #open: BatchNumber = 1;
  #committed: BatchNumber = 0;
  #flight: Flight | undefined;
  #waiters: (() => void)[] = [];
  readonly #settlers = new Set<() => void>();
  #isUrgent = false;
  #isReleasing = false;
  #isStopped = false;
  #undoClose: Undo | undefined;
  #undoLazy: Undo | undefined;
  #undoRetry: Undo | undefined;
  #retryMs = firstRetryMs;
  #rows = 0;
  #batches = 0;
  #rejected = 0;
  #lastMs = 0;

  constructor(options: GroupCommitOptions) {
    this.#options = options;
    this.#failure = new FailureState(options.log, 'commits to homerule.db');
  }

  get open(): BatchNumber {
    return this.#open;
  }

  /** Why commits fail at present; nothing is acknowledged or released meanwhile. */
  get failure(): string | undefined {
    return this.#failure.text;
  }

  /** True when so much waits that no more should be accepted from outside; `whenCommitted` tells when to go on. */
  get isSaturated(): boolean {
    const { maxPendingRows, maxPendingBytes } = this.#options;
    let bytes = 0;
    for (const gatherer of this.#gatherers) bytes += gatherer.pendingBytes;
    const most = Math.max(this.#pendingRows(), this.#waiters.length);
    return most >= maxPendingRows || bytes >= maxPendingBytes;
  }

  counters(): Readonly<Record<string, number>> {
    return {
      storeRows: this.#rows,
      storeBatches: this.#batches,
      storePendingRows: this.#pendingRows(),
      storeWaiting: this.#waiters.length + (this.#flight?.waiters.length ?? 0),
      storeRowsInFlight: this.#flight?.rows ?? 0,
      storeRejectedRows: this.#rejected,
      storeFailedCommits: this.#failure.count,
      storeLastCommitMs: this.#lastMs,
      storeIsSaturated: this.isSaturated ? 1 : 0,
    };
  }

  add(gatherer: Gatherer): void {
    this.#gatherers.push(gatherer);
  }

  // hot: called for every row
  /** A table took a row into the open batch. */
  gathered(isLazy: boolean): void {
    if (isLazy) this.#undoLazy ??= this.#options.clock.after(lazyMs, () => this.#lazyDue());
    else if (!this.#isUrgent) this.#hurry();
  }

  /**
   * Call it after the last row that `done` depends on was put: a batch without rows, with none on their way before
   * it, counts as committed, and `done` is called before this returns.
   */
  whenCommitted(batch: BatchNumber, done: () => void): void {
    if (batch <= this.#committed || this.#isIdle()) {
      done();
    } else if (this.#flight !== undefined && batch <= this.#flight.batch) {
      this.#flight.waiters.push(done);
    } else {
      this.#waiters.push(done);
      if (!this.#isUrgent) this.#hurry();
    }
  }

  /** Resolves when everything put before is committed, or as soon as that is seen to fail. */
  async settled(): Promise<void> {
    // A message is handled in one synchronous go, so behind an await no message is half done.
    await Promise.resolve();
    if (this.#undoRetry !== undefined) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#settlers.delete(done);
        resolve();
      };
      this.#settlers.add(done);
      this.whenCommitted(this.#open, done);
      this.#close();
    });
  }

  /** Last attempt, without waiting for a retry that is due later. Returns how many rows could not be kept. */
  async stop(): Promise<number> {
    await Promise.resolve();
    this.#isStopped = true;
    this.#undoRetry?.();
    this.#undoRetry = undefined;
    await this.settled();
    for (const undo of [this.#undoClose, this.#undoLazy]) undo?.();
    return this.#pendingRows();
  }

  /** Nothing was put that is not on disk, and nobody waits for his turn. */
  #isIdle(): boolean {
    const isQuiet = this.#flight === undefined && !this.#isReleasing && this.#waiters.length === 0;
    return isQuiet && this.#pendingRows() === 0;
  }

  #pendingRows(): number {
    let rows = 0;
    for (const gatherer of this.#gatherers) rows += gatherer.pendingRows;
    return rows;
  }

  /** Closes the batch after this turn, unless one is on its way or failing: then its end will. */
  #hurry(): void {
    this.#isUrgent = true;
    if (this.#flight !== undefined || this.#undoRetry !== undefined || this.#isReleasing) return;
    this.#undoClose ??= this.#options.clock.soon(() => this.#close());
  }

  #lazyDue(): void {
    this.#undoLazy = undefined;
    if (this.#undoRetry !== undefined) return;
    if (this.#flight === undefined) this.#close();
    else this.#isUrgent = true;
  }

  #close(): void {
    this.#undoClose?.();
    this.#undoClose = undefined;
    if (this.#flight !== undefined || this.#undoRetry !== undefined) return;
    this.#undoLazy?.();
    this.#undoLazy = undefined;
    this.#isUrgent = false;
    const waiters = this.#waiters;
    this.#waiters = [];
    const writer = new ByteWriter(16 * 1024);
    const taken = this.#gatherers.map((one) => one.take(writer)).filter((one) => one !== undefined);
    if (taken.length === 0) this.#release(waiters);
    else this.#depart(writer.take(), taken, waiters);
  }

  #depart(bytes: Uint8Array<ArrayBuffer>, taken: readonly Taken[], waiters: (() => void)[]): void {
    const rows = taken.reduce((sum, one) => sum + one.rows, 0);
    const flight = { batch: this.#open++, rows, taken, waiters, sentAt: this.#options.clock.monotonic() };
    this.#flight = flight;
    const message = { input: { bytes }, transfer: [bytes.buffer] };
    this.#options.link.send('commit', message, {
      done: ({ rejected }) => this.#landed(flight, rejected),
      failed: (error) => this.#failed(flight, error),
    });
  }

  #landed(flight: Flight, rejected: readonly string[]): void {
    this.#flight = undefined;
    this.#committed = flight.batch;
    this.#batches++;
    this.#rows += flight.rows - rejected.length;
    this.#rejected += rejected.length;
    this.#lastMs = this.#options.clock.monotonic() - flight.sentAt;
    this.#retryMs = firstRetryMs;
    this.#failure.worked();
    if (rejected.length > 0) {
      this.#options.log.error({ rows: rejected.slice(0, 10) }, `${rejected.length} rows cannot be stored`);
    }
    this.#release(flight.waiters);
    if (this.#isUrgent) this.#close();
  }

  #failed(flight: Flight, error: HomeruleError): void {
    this.#flight = undefined;
    for (const one of flight.taken) one.giveBack();
    this.#waiters = [...flight.waiters, ...this.#waiters];
    this.#failure.failed(error.message);
    if (!this.#isStopped) this.#retryLater();
    this.#settle();
  }

  #retryLater(): void {
    this.#undoRetry = this.#options.clock.after(this.#retryMs, () => {
      this.#undoRetry = undefined;
      this.#close();
    });
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  /** Runs what waited, in order; what it puts belongs to the next batch. */
  #release(waiters: readonly (() => void)[]): void {
    this.#isReleasing = true;
    for (const done of waiters) {
      try {
        done();
      } catch (error) {
        this.#options.log.error({ error: messageOf(error) }, 'what waited for a commit failed');
      }
    }
    this.#isReleasing = false;
    if (this.#isUrgent) this.#hurry();
  }

  #settle(): void {
    for (const done of this.#settlers) done();
  }
}
