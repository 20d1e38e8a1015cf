// The reader as the main thread has it: begun when somebody asks, ended when nobody has asked for a while. Should it end
// by itself, who waits hears of it and the next question begins another one.
import type { Clock, Logger, Undo } from '../base/index.ts';
import { storeError } from './errors.ts';
import type { ReaderOperations } from './protocol.ts';
import { WorkerLink } from './worker-link.ts';

const idleMs = 60_000;

export class ReaderLink {
  readonly #clock: Clock;
  readonly #dir: string;
  readonly #link: WorkerLink<ReaderOperations>;
  #opening: Promise<unknown> | undefined;
  #ending: Promise<void> = Promise.resolve();
  #asking = 0;
  #undoIdle: Undo | undefined;
  #isStopped = false;
  #deaths = 0;

  constructor(options: { readonly clock: Clock; readonly log: Logger; readonly dir: string }) {
    this.#clock = options.clock;
    this.#dir = options.dir;
    this.#link = new WorkerLink({
      file: 'reader',
      setAside: () => undefined,
      died: (error) => {
        this.#deaths++;
        this.#forget();
        options.log.error({}, `${error.message}; the next question of history begins another one`);
      },
    });
  }

  counters(): Readonly<Record<string, number>> {
    return { storeReaderDeaths: this.#deaths };
  }

  async ask<Name extends keyof ReaderOperations>(
    operation: Name,
    input: ReaderOperations[Name]['in'],
  ): Promise<ReaderOperations[Name]['out']> {
    if (this.#isStopped) throw storeError('store-stopped', 'the store is not running');
    this.#undoIdle?.();
    this.#asking++;
    try {
      this.#opening ??= this.#open();
      await this.#opening;
      return await this.#link.ask(operation, input);
    } finally {
      if (--this.#asking === 0 && !this.#isStopped)
        this.#undoIdle = this.#clock.after(idleMs, () => void this.end());
    }
  }

  /** The next question begins a new one. */
  end(): Promise<void> {
    const opening = this.#opening;
    this.#forget();
    this.#ending = this.#ending.then(() => this.#close(opening));
    return this.#ending;
  }

  /** For good: who asks later hears that the store is stopped. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.end();
  }

  /** Closed first, so that no native code runs in the thread that is ended. */
  async #close(opening: Promise<unknown> | undefined): Promise<void> {
    if (opening === undefined) return;
    await opening.then(() => this.#link.ask('closeReader', null)).catch(() => undefined);
    await this.#link.end();
  }

  async #open(): Promise<void> {
    await this.#ending;
    this.#link.start();
    try {
      await this.#link.ask('openReader', { dir: this.#dir });
    } catch (error) {
      this.#forget();
      await this.#link.end();
      throw error;
    }
  }

  #forget(): void {
    this.#undoIdle?.();
    this.#undoIdle = undefined;
    this.#opening = undefined;
  }
}
