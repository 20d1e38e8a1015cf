// A Commits double whose batches commit when the test says so.
import type { BatchNumber, Commits } from '../../src/base/index.ts';

export class ManualCommits implements Commits {
  open: BatchNumber = 1;
  #committed: BatchNumber = 0;
  #waiting: { readonly batch: BatchNumber; readonly done: () => void }[] = [];

  /** How many callbacks wait for a commit. */
  get waiting(): number {
    return this.#waiting.length;
  }

  whenCommitted(batch: BatchNumber, done: () => void): void {
    if (batch <= this.#committed) done();
    else this.#waiting.push({ batch, done });
  }

  /** Commits everything up to and including the open batch and opens the next. */
  commit(): void {
    this.#committed = this.open;
    this.open++;
    const due = this.#waiting.filter(({ batch }) => batch <= this.#committed);
    this.#waiting = this.#waiting.filter(({ batch }) => batch > this.#committed);
    for (const { done } of due) done();
  }
}

/** Commits whose batches are on disk as soon as somebody asks. */
export class PromptCommits extends ManualCommits {
  override whenCommitted(batch: BatchNumber, done: () => void): void {
    super.whenCommitted(batch, done);
    this.commit();
  }
}
