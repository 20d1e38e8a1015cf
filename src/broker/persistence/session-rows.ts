// The state of sessions as rows of the open batch, and which batch that is. Holds no state of sessions itself.
import type { BatchNumber, Commits } from '../../base/index.ts';
import type { PublishPacket } from '../packet.ts';
import { propertiesToJson } from './properties-json.ts';
import { noTables, type SessionTables } from './tables.ts';

/** A message in one queue or more; `uses` counts them. */
export interface SharedMessage {
  readonly id: number;
  readonly packet: PublishPacket;
  uses: number;
  /** The batch in which it was put first; undefined before. */
  batch: BatchNumber | undefined;
}

/** What is known on disk of a place in a queue. */
export interface QueuePlace {
  readonly seq: number;
  /** Undefined when a PUBREL stands in the place of the message. */
  readonly message: SharedMessage | undefined;
  readonly messageId: number | undefined;
  batch: BatchNumber | undefined;
}

/** The batch of rows that an earlier process put. */
export const earlierBatch: BatchNumber = 0;

export class SessionRows {
  readonly tables: SessionTables;
  readonly #commits: Commits;
  readonly #isDurable: boolean;
  #next = 1;
  #routed: BatchNumber | undefined;

  constructor(tables: SessionTables | undefined, commits: Commits) {
    this.tables = tables ?? noTables;
    this.#commits = commits;
    this.#isDurable = tables !== undefined;
  }

  /** Numbers for rows; they grow over restarts, too. */
  nextNumber(): number {
    return this.#next++;
  }

  /** A number that is taken already. */
  reserve(number: number): void {
    this.#next = Math.max(this.#next, number + 1);
  }

  /** From here to `routed` one message is routed, in one synchronous go. */
  beginRouting(): void {
    this.#routed = undefined;
  }

  /** The batch that keeps what was put since `beginRouting`, undefined when that was nothing. */
  get routed(): BatchNumber | undefined {
    return this.#routed;
  }

  /** Notes that something was put, and in which batch; undefined when nothing is kept on disk. */
  touch(): BatchNumber | undefined {
    if (!this.#isDurable) return undefined;
    this.#routed = this.#commits.open;
    return this.#routed;
  }

  /** Calls back when this batch is on disk, at once when there is none. */
  whenKept(batch: BatchNumber | undefined, done: () => void): void {
    if (batch === undefined) done();
    else this.#commits.whenCommitted(batch, done);
  }

  /** A message joins the queue of one more session. */
  share(message: SharedMessage): void {
    message.uses++;
    if (message.batch !== undefined) return;
    message.batch = this.#commits.open;
    const { topic, payload, qos, retain, properties, messageExpiry } = message.packet;
    this.tables.queuedMessages.put({
      id: message.id,
      topic,
      payload,
      qos,
      retain,
      properties: propertiesToJson(properties),
      expiresAt: messageExpiry ?? null,
    });
  }

  /** A message leaves the queue of one session. */
  unshare(message: SharedMessage): void {
    message.uses--;
    if (message.uses > 0) return;
    this.#remove(this.tables.queuedMessages, message.id, message.batch);
    message.batch = undefined;
  }

  putPlace(client: string, place: QueuePlace): void {
    place.batch ??= this.#commits.open;
    const { seq, message, messageId } = place;
    this.tables.queues.put({ seq, client, message: message?.id ?? null, packetId: messageId ?? null });
  }

  deletePlace(place: QueuePlace): void {
    this.#remove(this.tables.queues, place.seq, place.batch);
  }

  /** What came and goes within the open batch never reaches the disk. */
  #remove(
    table: SessionTables['queues'] | SessionTables['queuedMessages'],
    number: number,
    batch: BatchNumber | undefined,
  ): void {
    if (batch === this.#commits.open) table.cancel(String(number));
    else table.delete(String(number));
  }
}
