// One client's session: what it still has to get, what it has sent half, and how long that lasts.
import type { BatchNumber } from '../../base/index.ts';
import { HalfOpenMessages } from './half-open.ts';
import { OutgoingQueue } from './outgoing-queue.ts';
import type { SessionRows } from './session-rows.ts';

/** As aedes has it. */
export interface SessionClient {
  readonly id: string;
  /** Whether the session ends with the connection. */
  readonly clean: boolean;
  /** In seconds. */
  readonly sessionExpiryInterval: number;
}

/** MQTT 5 for "never"; the sessions of older clients never end either. */
export const neverExpires = 0xffff_ffff;

export class Session {
  readonly client: string;
  readonly queue: OutgoingQueue;
  readonly halfOpen: HalfOpenMessages;
  /** Who is connected to it. */
  owner: SessionClient | undefined;
  /** Whether it outlives the connection. */
  isKept = true;
  /** Counted as a kept session without a connection. */
  isAbsent = false;
  expirySeconds = neverExpires;
  /** Whose it is; null when an older house kept it. */
  user: string | null = null;
  readonly #rows: SessionRows;
  #batch: BatchNumber | undefined;

  constructor(client: string, rows: SessionRows) {
    this.client = client;
    this.#rows = rows;
    this.queue = new OutgoingQueue(client, rows);
    this.halfOpen = new HalfOpenMessages(client, rows);
  }

  /** The batch of the latest change; what tells the client of a change waits for its commit. */
  get batch(): BatchNumber | undefined {
    return this.#batch;
  }

  touch(): void {
    if (this.isKept) this.#batch = this.#rows.touch();
  }
}
