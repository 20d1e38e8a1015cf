// QoS 2 messages that were accepted but are not on disk yet. A repetition, even on a new connection, must wait too.
import type { BatchNumber, Commits } from '../base/index.ts';

export class PendingReceipts {
  readonly #commits: Commits;
  readonly #batches = new Map<string, BatchNumber>();

  constructor(commits: Commits) {
    this.#commits = commits;
  }

  /** Before the message is routed: its PUBREC may be written on the way. */
  add(client: string, messageId: number, batch: BatchNumber): void {
    this.#batches.set(`${messageId}/${client}`, batch);
  }

  /** After it was routed, when all its rows are in the batch: forgets it with the commit. */
  watch(client: string, messageId: number, batch: BatchNumber): void {
    const key = `${messageId}/${client}`;
    this.#commits.whenCommitted(batch, () => {
      if (this.#batches.get(key) === batch) this.#batches.delete(key);
    });
  }

  /** Undefined when the message is on disk or needs no row. */
  find(client: string, messageId: number): BatchNumber | undefined {
    return this.#batches.get(`${messageId}/${client}`);
  }
}
