// Retained messages: in RAM for subscribers, as rows for the next start. Bounded; knows nothing of connections.
import { Buffer } from 'node:buffer';
import { type Clock, HomeruleError, type Logger, matchesFilter } from '../../base/index.ts';
import type { Person } from '../access/permits.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import type { PublishPacket } from '../packet.ts';
import type { RetainedRow, RetainedRows } from '../ports.ts';
import { packetOfRow, toRetainedRow } from './message-row.ts';

export interface RetainedStoreOptions {
  readonly rows: RetainedRows;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  /** Whether what this person once published is still to be had. */
  readonly mayStay: (author: Person, topic: string) => boolean;
}

/** Our own announcements are made anew at each start and never become rows. */
const statusTopic = 'homerule/status';
const isEphemeral = (topic: string): boolean => topic.startsWith('$') || topic === statusTopic;

const sizeOf = (packet: PublishPacket): number => packet.topic.length + packet.payload.length + 200;

/** The part of a filter before its first wildcard. */
function literalPrefix(filter: string): string {
  const wildcard = filter.search(/[+#]/);
  return wildcard < 0 ? filter : filter.slice(0, wildcard);
}

function authorOf({ user, client }: RetainedRow): Person | undefined {
  return user === null || client === null ? undefined : { user, client };
}

export class RetainedStore {
  readonly #options: RetainedStoreOptions;
  readonly #packets = new Map<string, PublishPacket>();
  readonly #authors = new Map<string, Person>();
  #author: Person | undefined;
  #bytes = 0;

  constructor(options: RetainedStoreOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#packets.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  has(topic: string): boolean {
    return this.#packets.has(topic);
  }

  /** Whether keeping or removing this topic makes rows, so that an acknowledgement must wait for them. */
  isDurable(topic: string): boolean {
    return !isEphemeral(topic);
  }

  /** Whether there is room; counts a refusal. Replacing and removing always have room but for a larger payload. */
  admits(packet: PublishPacket): boolean {
    if (packet.payload.length === 0 || isEphemeral(packet.topic)) return true;
    const { limits, counters } = this.#options;
    const old = this.#packets.get(packet.topic);
    const bytes = this.#bytes + sizeOf(packet) - (old === undefined ? 0 : sizeOf(old));
    const isRoom = old !== undefined || this.#packets.size < limits.retainedMessages;
    if (isRoom && bytes <= limits.retainedBytes) return true;
    counters.retainedRefused++;
    return false;
  }

  /** Whose the packets are that are stored from now on; undefined: the house's own. */
  writeAs(author: Person | undefined): void {
    this.#author = author;
  }

  /** Keeps a packet; an empty payload removes its topic [MQTT-3.3.1-6]. */
  store(packet: PublishPacket): void {
    if (packet.payload.length === 0) {
      this.delete(packet.topic);
      return;
    }
    const author = this.#author;
    const kept = this.#keep(packet, author);
    const { rows, clock } = this.#options;
    if (this.isDurable(packet.topic)) rows.put(toRetainedRow(kept, clock.now(), author));
  }

  /** True when there was one. */
  delete(topic: string): boolean {
    const old = this.#packets.get(topic);
    if (old === undefined) return false;
    this.#packets.delete(topic);
    this.#authors.delete(topic);
    this.#bytes -= sizeOf(old);
    if (this.isDurable(topic)) this.#options.rows.delete(topic);
    return true;
  }

  /** Loads what an earlier run kept; a row that cannot be read or has expired is skipped, the latter removed. */
  load(rows: readonly RetainedRow[]): void {
    for (const row of rows) this.#loadRow(row);
  }

  *matching(filters: readonly string[]): Generator<PublishPacket> {
    for (const filter of filters) {
      const prefix = literalPrefix(filter);
      if (prefix.length === filter.length) {
        const packet = this.#packets.get(filter);
        if (packet !== undefined && this.#mayStay(filter)) yield packet;
        continue;
      }
      // `a/#` matches `a` too, which is one shorter than its prefix.
      const start = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix;
      for (const [topic, packet] of this.#packets) {
        if (topic.startsWith(start) && matchesFilter(filter, topic) && this.#mayStay(topic)) yield packet;
      }
    }
  }

  #mayStay(topic: string): boolean {
    const author = this.#authors.get(topic);
    return author === undefined || this.#options.mayStay(author, topic);
  }

  /** The payload is copied: a slice would hold on to the whole 64 KB that was read from the socket. */
  #keep(packet: PublishPacket, author: Person | undefined): PublishPacket {
    const kept: PublishPacket = { ...packet, payload: Buffer.from(packet.payload), retain: true };
    const old = this.#packets.get(packet.topic);
    this.#packets.set(packet.topic, kept);
    if (author === undefined) this.#authors.delete(packet.topic);
    else this.#authors.set(packet.topic, author);
    this.#bytes += sizeOf(kept) - (old === undefined ? 0 : sizeOf(old));
    return kept;
  }

  #loadRow(row: RetainedRow): void {
    const { clock, log, rows } = this.#options;
    try {
      const packet = packetOfRow(row);
      const seconds = packet.properties?.messageExpiryInterval ?? 0;
      if (seconds > 0) packet.messageExpiry = row.at + seconds * 1000;
      if (packet.messageExpiry !== undefined && packet.messageExpiry <= clock.now()) rows.delete(row.topic);
      else if (this.admits(packet)) this.#keep(packet, authorOf(row));
    } catch (error) {
      if (!(error instanceof HomeruleError)) throw error;
      log.warn({ topic: row.topic, error: error.message }, 'retained message skipped');
    }
  }
}
