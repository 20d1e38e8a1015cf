// What waits for the remote, in order: QoS 1 and 2 as rows that survive, QoS 0 in memory only. Bounded; the oldest
// leaves first. Knows nothing of connections.
import type { BatchNumber, Clock, Commits, Rows, Timestamp } from '../base/index.ts';
import type { MessageProperties } from '../broker/index.ts';
import { Fifo } from './fifo.ts';
import type { BridgeCounters } from './figures.ts';
import { PacketIds } from './packet-ids.ts';
import type { BridgeMessageRow } from './ports.ts';
import { propertiesFromJson, propertiesToJson } from './properties-json.ts';

export interface Outgoing {
  /** As the remote knows it. */
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly properties: MessageProperties | undefined;
}

export interface Queued extends Outgoing {
  readonly seq: number;
  /** 0 for QoS 0. */
  readonly packetId: number;
  readonly at: Timestamp;
  /** The batch that keeps it; undefined when it was kept by an earlier run, or is not kept. */
  readonly batch: BatchNumber | undefined;
  isReleased: boolean;
  /** Perhaps the remote has it already. */
  isRepeated: boolean;
}

export interface OutgoingQueueOptions {
  readonly bridge: string;
  readonly limits: { readonly messages: number; readonly bytes: number };
  readonly rows: Rows<BridgeMessageRow>;
  readonly commits: Commits;
  readonly clock: Clock;
  readonly counters: BridgeCounters;
  readonly nextSeq: () => number;
  /** There is something to send that was not ready before. */
  readonly onReady: () => void;
}

const overhead = 100;
const calmMessages = 100;
const sizeOf = ({ topic, payload }: Outgoing): number => topic.length + payload.length + overhead;

export class OutgoingQueue {
  readonly #options: OutgoingQueueOptions;
  readonly #ids = new PacketIds();
  readonly #waiting = new Fifo<Queued>();
  /** By sequence number. */
  readonly #inFlight = new Map<number, Queued>();
  readonly #topics = new Map<string, number>();
  #bytes = 0;
  #awaited = 0;
  #committed = 0;

  constructor(options: OutgoingQueueOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.length + this.#inFlight.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** So little waits that more can be added without anything else having to leave. */
  get isCalm(): boolean {
    const { messages, bytes } = this.#options.limits;
    return this.size < Math.min(calmMessages, messages / 2) && this.#bytes < bytes / 2;
  }

  /** Whether a message under this topic is on its way. */
  holds(topic: string): boolean {
    return this.#topics.has(topic);
  }

  /** What an earlier run left; whether it was sent is not known. */
  load(rows: readonly BridgeMessageRow[]): void {
    for (const row of rows) {
      const { seq, packetId, isReleased, topic, payload, qos, retain, at } = row;
      const properties = propertiesFromJson(row.properties);
      const known = { seq, packetId, isReleased, topic, payload, qos, retain, at, properties };
      this.#ids.keep(packetId);
      this.#enter({ ...known, batch: undefined, isRepeated: true });
    }
  }

  /** The payload is copied. Returns the batch that keeps it. */
  add(message: Outgoing): BatchNumber | undefined {
    const { clock, commits, nextSeq, rows } = this.#options;
    const own = { ...message, payload: Uint8Array.from(message.payload) };
    this.#makeRoom(sizeOf(own));
    const isKept = own.qos > 0;
    const queued: Queued = {
      ...own,
      seq: nextSeq(),
      packetId: isKept ? this.#ids.claim() : 0,
      at: clock.now(),
      batch: isKept ? commits.open : undefined,
      isReleased: false,
      isRepeated: false,
    };
    this.#enter(queued);
    if (isKept) {
      rows.put(this.#rowOf(queued));
      this.#await(commits.open);
    } else this.#options.onReady();
    return queued.batch;
  }

  /** The next one to be sent, if it is kept already; what ran out of its time on the way is dropped. */
  take(): Queued | undefined {
    for (;;) {
      const next = this.#waiting.peek();
      if (next === undefined || (next.batch ?? 0) > this.#committed) return undefined;
      this.#waiting.shift();
      this.#inFlight.set(next.seq, next);
      if (!this.#isExpired(next)) return next;
      this.#options.counters.expired++;
      this.done(next);
    }
  }

  /** The remote has it, or it is given up. */
  done(queued: Queued): void {
    if (this.#inFlight.delete(queued.seq)) this.#leave(queued);
  }

  find(packetId: number): Queued | undefined {
    for (const queued of this.#inFlight.values()) if (queued.packetId === packetId) return queued;
    return undefined;
  }

  /** QoS 2: the remote has taken it; `then` is called when that is kept. */
  release(queued: Queued, then: () => void): void {
    const { rows, commits } = this.#options;
    queued.isReleased = true;
    rows.put(this.#rowOf(queued));
    commits.whenCommitted(commits.open, then);
  }

  /** The connection is gone: what was not acknowledged is first in line again, QoS 0 may have arrived or not. */
  giveBack(): void {
    const inFlight = [...this.#inFlight.values()];
    this.#inFlight.clear();
    const kept = inFlight.filter(({ qos }) => qos > 0);
    for (const queued of kept) queued.isRepeated = true;
    this.#waiting.putBack(kept);
    for (const lost of inFlight) {
      if (lost.qos > 0) continue;
      this.#options.counters.missed++;
      this.#leave(lost);
    }
  }

  /** Takes those that the remote only has to be told to release, whatever their place. */
  takeReleased(): Queued[] {
    const waiting = this.#waiting.clear();
    const released = waiting.filter(({ isReleased }) => isReleased);
    this.#waiting.putBack(waiting.filter(({ isReleased }) => !isReleased));
    for (const queued of released) this.#inFlight.set(queued.seq, queued);
    return released;
  }

  /** Everything that is kept, for the queue that takes its place. */
  rows(): BridgeMessageRow[] {
    this.giveBack();
    const waiting = this.#waiting.clear();
    this.#waiting.putBack(waiting);
    return waiting.filter(({ qos }) => qos > 0).map((queued) => this.#rowOf(queued));
  }

  /** Forgets everything, on disk too. */
  clear(): void {
    this.giveBack();
    for (const queued of this.#waiting.clear()) this.#leave(queued);
  }

  #enter(queued: Queued): void {
    this.#waiting.push(queued);
    this.#bytes += sizeOf(queued);
    this.#topics.set(queued.topic, (this.#topics.get(queued.topic) ?? 0) + 1);
  }

  #leave(queued: Queued): void {
    this.#bytes -= sizeOf(queued);
    const left = (this.#topics.get(queued.topic) ?? 1) - 1;
    if (left === 0) this.#topics.delete(queued.topic);
    else this.#topics.set(queued.topic, left);
    if (queued.qos === 0) return;
    this.#ids.free(queued.packetId);
    this.#options.rows.delete(String(queued.seq));
  }

  /** What is on its way cannot be called back. */
  #makeRoom(bytes: number): void {
    const { limits, counters } = this.#options;
    while (this.size >= limits.messages || this.#bytes + bytes > limits.bytes) {
      const oldest = this.#waiting.shift();
      if (oldest === undefined) return;
      counters.dropped++;
      this.#leave(oldest);
    }
  }

  #isExpired({ at, properties }: Queued): boolean {
    const seconds = properties?.messageExpiryInterval;
    return seconds !== undefined && at + seconds * 1000 <= this.#options.clock.now();
  }

  /** Asks once for each batch. */
  #await(batch: BatchNumber): void {
    if (this.#awaited === batch) return;
    this.#awaited = batch;
    this.#options.commits.whenCommitted(batch, () => {
      this.#committed = Math.max(this.#committed, batch);
      this.#options.onReady();
    });
  }

  #rowOf(queued: Queued): BridgeMessageRow {
    const { seq, packetId, isReleased, topic, payload, qos, retain, at } = queued;
    const properties = propertiesToJson(queued.properties);
    return {
      seq,
      bridge: this.#options.bridge,
      packetId,
      isReleased,
      topic,
      payload,
      qos,
      retain,
      properties,
      at,
    };
  }
}
