// What one persistent session still has to deliver, oldest first. Bounded; the oldest leaves first.
import { Buffer } from 'node:buffer';
import type { PublishPacket } from '../packet.ts';

/** A PUBREL stands in the queue in place of the QoS 2 message that it completes. */
export interface PubrelPacket {
  readonly cmd: 'pubrel';
  readonly messageId?: number | undefined;
  readonly brokerCounter?: number;
}

export type QueuedPacket = PublishPacket | PubrelPacket;

interface Entry {
  packet: QueuedPacket;
  messageId: number | undefined;
  readonly counter: number | undefined;
  readonly bytes: number;
}

export interface QueueBounds {
  readonly queuedMessages: number;
  readonly queuedBytes: number;
}

/** One copy for all queues: a slice would pin the 64 KB that were read from the socket. */
export function queuedCopy(packet: PublishPacket): PublishPacket {
  return { ...packet, payload: Buffer.from(packet.payload) };
}

/** aedes writes the remaining expiry into what it reads back, so each reader gets its own. */
function readCopy(entry: Entry): QueuedPacket {
  const { packet } = entry;
  if (packet.cmd === 'pubrel') return { ...packet, messageId: entry.messageId };
  const copy: PublishPacket = { ...packet, messageId: entry.messageId };
  if (packet.properties !== undefined) copy.properties = { ...packet.properties };
  return copy;
}

export class OutgoingQueue {
  readonly #entries = new Set<Entry>();
  readonly #byCounter = new Map<number, Entry>();
  readonly #byMessageId = new Map<number, Entry>();
  #bytes = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Adds at the end and returns how many old ones had to leave. */
  push(packet: PublishPacket, bounds: QueueBounds): number {
    const bytes = packet.topic.length + packet.payload.length + 200;
    const entry: Entry = { packet, messageId: undefined, counter: packet.brokerCounter, bytes };
    this.#entries.add(entry);
    if (entry.counter !== undefined) this.#byCounter.set(entry.counter, entry);
    this.#bytes += bytes;
    let dropped = 0;
    for (const oldest of this.#entries) {
      if (this.#entries.size <= bounds.queuedMessages && this.#bytes <= bounds.queuedBytes) break;
      this.#remove(oldest);
      dropped++;
    }
    return dropped;
  }

  /** Gives a message its packet identifier, or puts a PUBREL in the place of the message with its identifier. */
  update(packet: QueuedPacket): void {
    const { messageId } = packet;
    if (messageId === undefined) return;
    const byCounter =
      packet.brokerCounter === undefined ? undefined : this.#byCounter.get(packet.brokerCounter);
    const entry = byCounter ?? this.#byMessageId.get(messageId);
    if (entry === undefined) return;
    if (entry.messageId !== undefined) this.#byMessageId.delete(entry.messageId);
    entry.messageId = messageId;
    this.#byMessageId.set(messageId, entry);
    if (packet.cmd === 'pubrel') entry.packet = packet;
  }

  /** Removes what this identifier stands for; undefined when nothing does. */
  clear(messageId: number | undefined): QueuedPacket | undefined {
    const entry = messageId === undefined ? undefined : this.#byMessageId.get(messageId);
    if (entry === undefined) return undefined;
    this.#remove(entry);
    return entry.packet;
  }

  /** A snapshot, oldest first: entries may leave while it is read. */
  list(): QueuedPacket[] {
    return [...this.#entries].map(readCopy);
  }

  #remove(entry: Entry): void {
    this.#entries.delete(entry);
    this.#bytes -= entry.bytes;
    if (entry.counter !== undefined && this.#byCounter.get(entry.counter) === entry)
      this.#byCounter.delete(entry.counter);
    if (entry.messageId !== undefined && this.#byMessageId.get(entry.messageId) === entry)
      this.#byMessageId.delete(entry.messageId);
  }
}
