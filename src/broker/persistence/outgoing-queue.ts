// What one session still has to deliver, oldest first. Bounded; the oldest leaves first.
import { Buffer } from 'node:buffer';
import type { BatchNumber } from '../../base/index.ts';
import type { PublishPacket } from '../packet.ts';
import { earlierBatch, type QueuePlace, type SessionRows, type SharedMessage } from './session-rows.ts';

/** A PUBREL stands in the queue in place of the QoS 2 message that it completes. */
export interface PubrelPacket {
  readonly cmd: 'pubrel';
  readonly messageId?: number | undefined;
  readonly brokerCounter?: number;
}

export type QueuedPacket = PublishPacket | PubrelPacket;

interface Entry extends QueuePlace {
  readonly seq: number;
  message: SharedMessage | undefined;
  messageId: number | undefined;
  /** aedes' number of the message; those of an earlier process have the negative of their place instead. */
  readonly counter: number | undefined;
  readonly bytes: number;
  batch: BatchNumber | undefined;
}

export interface QueueBounds {
  readonly queuedMessages: number;
  readonly queuedBytes: number;
}

/** One copy for all queues: a slice would pin the 64 KB that were read from the socket. */
export function queuedCopy(packet: PublishPacket): PublishPacket {
  const { cmd, brokerId, brokerCounter, topic, payload, qos, retain, dup, properties, messageExpiry } =
    packet;
  return {
    cmd,
    ...(brokerId !== undefined && { brokerId }),
    ...(brokerCounter !== undefined && { brokerCounter }),
    topic,
    payload: Buffer.isBuffer(payload) ? Buffer.from(payload) : payload,
    qos,
    retain,
    dup: dup ?? false,
    ...(properties !== undefined && { properties }),
    ...(messageExpiry !== undefined && { messageExpiry }),
  };
}

/** aedes writes the remaining expiry into what it reads back, so each reader gets its own. */
function readCopy({ message, messageId, counter }: Entry): QueuedPacket {
  if (message === undefined) return { cmd: 'pubrel', messageId };
  const { packet } = message;
  const copy: PublishPacket = {
    ...packet,
    messageId,
    ...(counter !== undefined && { brokerCounter: counter }),
  };
  if (packet.properties !== undefined) copy.properties = { ...packet.properties };
  return copy;
}

export class OutgoingQueue {
  readonly #client: string;
  readonly #rows: SessionRows;
  readonly #entries = new Set<Entry>();
  readonly #byCounter = new Map<number, Entry>();
  readonly #byMessageId = new Map<number, Entry>();
  #bytes = 0;

  constructor(client: string, rows: SessionRows) {
    this.#client = client;
    this.#rows = rows;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Adds at the end and returns how many old ones had to leave. */
  push(message: SharedMessage, bounds: QueueBounds): number {
    const entry = this.#append({
      seq: this.#rows.nextNumber(),
      message,
      counter: message.packet.brokerCounter,
    });
    this.#rows.share(message);
    this.#rows.putPlace(this.#client, entry);
    let dropped = 0;
    for (const oldest of this.#entries) {
      if (this.#entries.size <= bounds.queuedMessages && this.#bytes <= bounds.queuedBytes) break;
      this.#remove(oldest);
      dropped++;
    }
    return dropped;
  }

  /** Adds what an earlier process left, in order; without a message it is a PUBREL. */
  restore(seq: number, message: SharedMessage | undefined, messageId: number | undefined): void {
    const entry = this.#append({ seq, message, counter: -seq });
    entry.batch = earlierBatch;
    if (message !== undefined) message.uses++;
    if (messageId !== undefined) this.#identify(entry, messageId);
  }

  /**
   * Gives a message its packet identifier, or puts a PUBREL in the place of the message with its identifier. True when
   * that changed anything.
   */
  update(packet: QueuedPacket): boolean {
    const { messageId, brokerCounter } = packet;
    if (messageId === undefined) return false;
    const byCounter = brokerCounter === undefined ? undefined : this.#byCounter.get(brokerCounter);
    const entry = byCounter ?? this.#byMessageId.get(messageId);
    if (entry === undefined) return false;
    const isReleased = packet.cmd === 'pubrel' && entry.message !== undefined;
    if (entry.messageId === messageId && !isReleased) return false;
    this.#identify(entry, messageId);
    if (isReleased) this.#release(entry);
    this.#rows.putPlace(this.#client, entry);
    return true;
  }

  /** Whether something stands under this packet identifier. */
  holds(messageId: number): boolean {
    return this.#byMessageId.has(messageId);
  }

  /** Removes what this identifier stands for; undefined when nothing does. */
  clear(messageId: number | undefined): QueuedPacket | undefined {
    const entry = messageId === undefined ? undefined : this.#byMessageId.get(messageId);
    if (entry === undefined) return undefined;
    const packet = readCopy(entry);
    this.#remove(entry);
    return packet;
  }

  /** As `clear`, for one who does not ask what it was. */
  acknowledge(messageId: number): void {
    const entry = this.#byMessageId.get(messageId);
    if (entry !== undefined) this.#remove(entry);
  }

  /** Removes a message that has no packet identifier yet. */
  discard(counter: number): void {
    const entry = this.#byCounter.get(counter);
    if (entry !== undefined) this.#remove(entry);
  }

  clearAll(): void {
    for (const entry of this.#entries) this.#remove(entry);
  }

  /** A snapshot, oldest first: entries may leave while it is read. */
  list(): QueuedPacket[] {
    return [...this.#entries].map(readCopy);
  }

  #append(place: Pick<Entry, 'seq' | 'message' | 'counter'>): Entry {
    const { message, counter } = place;
    const bytes =
      message === undefined ? 200 : message.packet.topic.length + message.packet.payload.length + 200;
    const entry: Entry = { ...place, messageId: undefined, bytes, batch: undefined };
    this.#entries.add(entry);
    if (counter !== undefined) this.#byCounter.set(counter, entry);
    this.#bytes += bytes;
    return entry;
  }

  #identify(entry: Entry, messageId: number): void {
    if (entry.messageId !== undefined && this.#byMessageId.get(entry.messageId) === entry)
      this.#byMessageId.delete(entry.messageId);
    entry.messageId = messageId;
    this.#byMessageId.set(messageId, entry);
  }

  /** The receiver has the message: only its identifier is still needed. */
  #release(entry: Entry): void {
    if (entry.message !== undefined) this.#rows.unshare(entry.message);
    entry.message = undefined;
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry);
    this.#bytes -= entry.bytes;
    if (entry.counter !== undefined && this.#byCounter.get(entry.counter) === entry)
      this.#byCounter.delete(entry.counter);
    if (entry.messageId !== undefined && this.#byMessageId.get(entry.messageId) === entry)
      this.#byMessageId.delete(entry.messageId);
    this.#release(entry);
    this.#rows.deletePlace(entry);
  }
}
