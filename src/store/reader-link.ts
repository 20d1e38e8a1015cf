// The reader as the main thread has it: begun when somebody asks, ended when nobody has asked for a while.
import type { Clock, Undo } from '../base/index.ts';
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

  constructor(options: { readonly clock: Clock; readonly dir: string }) {
    this.#clock = options.clock;
    this.#dir = options.dir;
    this.#link = new WorkerLink({
      file: 'reader',
      setAside: () => undefined,
      died: () => this.#forget(),
    });
  }

  async ask<Name extends keyof ReaderOperations>(
    operation: Name,
    input: ReaderOperations[Name]['in'],
  ): Promise<ReaderOperations[Name]['out']> {
    this.#undoIdle?.();
    this.#asking++;
    try {
      this.#opening ??= this.#open();
      await this.#opening;
      return await this.#link.ask(operation, input);
    } finally {
      if (--this.#asking === 0) this.#undoIdle = this.#clock.after(idleMs, () => void this.end());
    }
  }

  /** The next question begins a new one. */
  end(): Promise<void> {
    const opening = this.#opening;
    this.#forget();
    this.#ending = this.#ending.then(() => this.#close(opening));
    return this.#ending;
  }

  /** A thread that is ended while SQLite is open in it can take the process along. */
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
