// The persistence that aedes works on: sessions, queues, QoS 2 state, wills and retained messages, all in RAM.
// It answers at once (see `Settled`), and never rejects where aedes would lose the client or the process.
import { Readable } from 'node:stream';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import type { PublishPacket } from '../packet.ts';
import { DurableSubscriptions, type StoredSubscription } from './durable-subscriptions.ts';
import { HalfOpenMessages } from './half-open.ts';
import { OutgoingQueue, type QueuedPacket, queuedCopy } from './outgoing-queue.ts';
import type { RetainedStore } from './retained-store.ts';
import { Settled, settled } from './settled.ts';

interface ClientKey {
  readonly id: string;
}

interface QueueKey {
  readonly clientId: string;
}

interface IdentifiedPacket {
  readonly cmd: string;
  readonly messageId?: number;
}

export interface SessionStoreOptions {
  readonly retained: RetainedStore;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
}

/** Method names, arguments and results are those that aedes calls; none is ours to choose. */
export class SessionStore {
  readonly #options: SessionStoreOptions;
  readonly #retained: RetainedStore;
  readonly #subscriptions = new DurableSubscriptions();
  readonly #queues = new Map<string, OutgoingQueue>();
  readonly #halfOpen: HalfOpenMessages;
  readonly #wills = new Map<string, unknown>();

  constructor(options: SessionStoreOptions) {
    this.#options = options;
    this.#retained = options.retained;
    this.#halfOpen = new HalfOpenMessages(options.limits.halfOpen);
  }

  get subscriptions(): DurableSubscriptions {
    return this.#subscriptions;
  }

  // aedes asks for an async function by its constructor's name.
  async setup(): Promise<void> {
    this.#wills.clear();
  }

  storeRetained(packet: PublishPacket): Settled<undefined> {
    this.#retained.store(packet);
    return settled;
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.#retained.matching(filters));
  }

  async addSubscriptions(client: ClientKey, subscriptions: readonly StoredSubscription[]): Promise<void> {
    this.#subscriptions.add(client.id, subscriptions);
  }

  async removeSubscriptions(client: ClientKey, filters: readonly string[]): Promise<void> {
    this.#subscriptions.remove(client.id, filters);
  }

  async subscriptionsByClient(client: ClientKey): Promise<StoredSubscription[]> {
    return this.#subscriptions.list(client.id);
  }

  subscriptionsByTopic(topic: string): Settled<(QueueKey & { readonly topic: string })[]> {
    const found = [];
    for (const clientId of this.#subscriptions.clientsFor(topic)) found.push({ clientId, topic });
    return new Settled(found);
  }

  /** Called when a session ends and when a clean one begins: QoS 2 state ends with it. */
  async cleanSubscriptions(client: ClientKey): Promise<void> {
    this.#subscriptions.clear(client.id);
    this.#halfOpen.forget(client.id);
  }

  async outgoingEnqueue(key: QueueKey, packet: PublishPacket): Promise<void> {
    this.outgoingEnqueueCombi([key], packet);
  }

  outgoingEnqueueCombi(keys: readonly QueueKey[], packet: PublishPacket): Settled<undefined> {
    if (keys.length === 0) return settled;
    const kept = queuedCopy(packet);
    const { limits, counters } = this.#options;
    for (const { clientId } of keys) counters.queueDropped += this.#queueOf(clientId).push(kept, limits);
    return settled;
  }

  /** Silent when there is no such packet: aedes queues no retained ones, yet updates them on PUBREC. */
  async outgoingUpdate(client: ClientKey, packet: QueuedPacket): Promise<void> {
    this.#queues.get(client.id)?.update(packet);
  }

  async outgoingClearMessageId(
    client: ClientKey,
    packet: IdentifiedPacket,
  ): Promise<QueuedPacket | undefined> {
    const queue = this.#queues.get(client.id);
    const cleared = queue?.clear(packet.messageId);
    if (queue?.size === 0) this.#queues.delete(client.id);
    return cleared;
  }

  outgoingStream(client: ClientKey): Readable {
    return Readable.from(this.#queues.get(client.id)?.list() ?? []);
  }

  /** Rejects when the identifier is free: aedes takes the rejection of a PUBLISH for "publish it". */
  incomingGetPacket(client: ClientKey, packet: IdentifiedPacket): Promise<IdentifiedPacket> {
    const id = packet.messageId ?? 0;
    const isTaken =
      packet.cmd === 'publish' ? this.#halfOpen.reserve(client.id, id) : this.#halfOpen.has(client.id, id);
    return isTaken ? Promise.resolve(packet) : Promise.reject(new Error('no such packet'));
  }

  /** Rejects past the bound, which closes the connection. */
  async incomingStorePacket(client: ClientKey, packet: PublishPacket): Promise<void> {
    if (this.#halfOpen.store(client.id, packet.messageId ?? 0, packet)) return;
    this.#halfOpen.delete(client.id, packet.messageId ?? 0);
    throw new Error(`more than ${this.#options.limits.halfOpen} QoS 2 messages without PUBREL`);
  }

  /** Never rejects: aedes lets the rejection end the process when a PUBREL comes twice. */
  async incomingDelPacket(client: ClientKey, packet: IdentifiedPacket): Promise<void> {
    this.#halfOpen.delete(client.id, packet.messageId ?? 0);
  }

  async putWill(client: ClientKey, will: unknown): Promise<void> {
    this.#wills.set(client.id, will);
  }

  async delWill(client: ClientKey): Promise<void> {
    this.#wills.delete(client.id);
  }

  /** Wills of other brokers that died: there are none. */
  streamWill(): Readable {
    return Readable.from([]);
  }

  #queueOf(client: string): OutgoingQueue {
    let queue = this.#queues.get(client);
    if (queue === undefined) {
      queue = new OutgoingQueue();
      this.#queues.set(client, queue);
    }
    return queue;
  }
}
