// The persistence that aedes works on: sessions, queues, QoS 2 state, wills and retained messages, in RAM with rows
// behind it. It answers at once (see `Settled`), and never rejects where aedes would lose the client or the process.
import { Readable } from 'node:stream';
import type { BatchNumber, Clock, Commits, Logger } from '../../base/index.ts';
import type { Person } from '../access/permits.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import type { PublishPacket } from '../packet.ts';
import { Deadlines } from './deadlines.ts';
import type {
  DurableSubscriptions,
  Match,
  SharedHolders,
  StoredSubscription,
} from './durable-subscriptions.ts';
import { type QueuedPacket, queuedCopy } from './outgoing-queue.ts';
import type { RetainedStore } from './retained-store.ts';
import type { Session, SessionClient } from './session.ts';
import { SessionRows, type SharedMessage } from './session-rows.ts';
import { Sessions } from './sessions.ts';
import { Settled, settled } from './settled.ts';
import type { SessionTables } from './tables.ts';
import { type WillClient, type WillPacket, Wills } from './wills.ts';

interface ClientKey {
  readonly id: string;
  /** Of a client with a connection: whether that is over. */
  readonly closed?: boolean;
}

interface QueueKey {
  readonly clientId: string;
}

interface IdentifiedPacket {
  readonly cmd?: string;
  readonly messageId?: number | undefined;
}

/** What we need of the broker that sets us up. */
interface Owner {
  readonly id: string;
  /** Through the accept seam. */
  publish(packet: PublishPacket, done: () => void): void;
}

const ignore = (): void => undefined;

export interface SessionStoreOptions {
  readonly retained: RetainedStore;
  /** Absent: sessions end with the process. */
  readonly tables?: SessionTables | undefined;
  readonly commits: Commits;
  /** Hears which shared subscriptions sessions hold. */
  readonly groups?: () => SharedHolders;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  /** Seconds, as the client asked. */
  readonly keepaliveOf: (client: WillClient) => number;
  /** Whether this client may be kept a message of this topic. */
  readonly mayQueue: (client: string, topic: string, user: string | null) => boolean;
  /** The name that a client came in with; empty for an anonymous one. */
  readonly userOf: (client: { readonly id: string }) => string;
  /** Whether the will of somebody who is gone may be published. */
  readonly mayPublishLater: (person: Person, topic: string) => boolean;
}

/** Method names, arguments and results are those that aedes calls, up to `destroy`; the others are ours. */
export class SessionStore {
  readonly sessions: Sessions;
  readonly wills: Wills;
  readonly #options: SessionStoreOptions;
  readonly #retained: RetainedStore;
  readonly #rows: SessionRows;
  readonly #deadlines: Deadlines;
  #broker: Owner = { id: '', publish: ignore };
  #publisher: string | undefined;
  /** Ends of sessions and changes of wills that are not kept yet, by client. */
  readonly #beginnings = new Map<string, BatchNumber>();

  constructor(options: SessionStoreOptions) {
    const { log, keepaliveOf, userOf, mayPublishLater } = options;
    this.#options = options;
    this.#retained = options.retained;
    const rows = new SessionRows(options.tables, options.commits);
    const deadlines = new Deadlines(options.clock);
    this.#rows = rows;
    this.#deadlines = deadlines;
    this.sessions = new Sessions({ ...options, rows, deadlines });
    const publish = (packet: PublishPacket): void => this.#broker.publish(packet, ignore);
    const onChanged = (client: string): void => this.#begin(client);
    this.wills = new Wills({
      rows,
      deadlines,
      log,
      keepaliveOf,
      userOf,
      mayPublishLater,
      publish,
      onChanged,
    });
  }

  get broker(): Owner {
    return this.#broker;
  }

  get subscriptions(): DurableSubscriptions {
    return this.sessions.subscriptions;
  }

  // aedes asks for an async function by its constructor's name.
  async setup(broker: Owner): Promise<void> {
    this.#broker = broker;
  }

  storeRetained(packet: PublishPacket): Settled<undefined> {
    this.#retained.store(packet);
    return settled;
  }

  createRetainedStream(filter: string): Readable {
    return this.createRetainedStreamCombi([filter]);
  }

  createRetainedStreamCombi(filters: readonly string[]): Readable {
    return Readable.from(this.#retained.matching(filters));
  }

  /**
   * SUBACK follows. Live delivery begins then, and queueing just before: no message falls between. aedes calls this for
   * each filter of a SUBSCRIBE with all of them, and each call waits.
   */
  async addSubscriptions(client: ClientKey, subscriptions: readonly StoredSubscription[]): Promise<void> {
    const session = this.sessions.of(client.id);
    const added = this.subscriptions.add(client.id, subscriptions);
    if (added.length > 0) session.touch();
    await this.#kept(session.batch);
    this.subscriptions.activate(client.id, added);
  }

  /** UNSUBACK follows. */
  async removeSubscriptions(client: ClientKey, filters: readonly string[]): Promise<void> {
    if (!this.subscriptions.remove(client.id, filters)) return;
    const session = this.sessions.of(client.id);
    session.touch();
    await this.#kept(session.batch);
  }

  async subscriptionsByClient(client: ClientKey): Promise<StoredSubscription[]> {
    return this.subscriptions.list(client.id);
  }

  /** One entry for each filter; what a client published itself does not go to its no-local subscriptions. */
  subscriptionsByTopic(topic: string): Settled<Match[]> {
    const found: Match[] = [];
    for (const match of this.subscriptions.matching(topic)) {
      if (match.nl !== true || match.clientId !== this.#publisher) found.push(match);
    }
    return new Settled(found);
  }

  async countOffline(): Promise<{ subsCount: number; clientsCount: number }> {
    const { queueing, clients } = this.subscriptions;
    return { subsCount: queueing, clientsCount: clients.size };
  }

  getClientList(filter: string): Readable {
    return Readable.from(this.subscriptions.clientsOf(filter));
  }

  /** Called when a session ends and when a clean one begins: everything of it ends. */
  async cleanSubscriptions(client: ClientKey): Promise<void> {
    if (this.sessions.find(client.id)?.isKept === true) this.#begin(client.id);
    this.wills.sessionEnded(client.id);
    this.sessions.end(client.id);
  }

  async outgoingEnqueue(key: QueueKey, packet: PublishPacket): Promise<void> {
    this.outgoingEnqueueCombi([key], packet);
  }

  outgoingEnqueueCombi(keys: readonly QueueKey[], packet: PublishPacket): Settled<undefined> {
    const clients = new Set(keys.map(({ clientId }) => clientId));
    for (const client of clients) if (!this.#mayQueue(client, packet)) clients.delete(client);
    this.#enqueue(clients, packet);
    return settled;
  }

  /** As `outgoingEnqueueCombi` for one. False when it may not be kept the message. */
  enqueue(client: string, packet: PublishPacket): boolean {
    if (!this.#mayQueue(client, packet)) return false;
    this.#enqueue(new Set([client]), packet);
    return true;
  }

  #mayQueue(client: string, { topic }: PublishPacket): boolean {
    return this.#options.mayQueue(client, topic, this.sessions.find(client)?.user ?? null);
  }

  #enqueue(clients: ReadonlySet<string>, packet: PublishPacket): void {
    if (clients.size === 0) return;
    const { limits, counters } = this.#options;
    const copy = queuedCopy(packet);
    const message: SharedMessage = { id: this.#rows.nextNumber(), packet: copy, uses: 0, batch: undefined };
    for (const client of clients) {
      const session = this.sessions.of(client);
      counters.queueDropped += session.queue.push(message, limits);
      session.touch();
    }
  }

  /** Silent when there is no such message: aedes queues no retained ones, yet updates them on PUBREC. */
  /** aedes goes on for one message with the queue of a client that is gone: its identifiers are not the session's. */
  async outgoingUpdate(client: ClientKey, packet: QueuedPacket): Promise<void> {
    const session = this.#sessionOf(client);
    if (session?.queue.update(packet)) session.touch();
  }

  async outgoingClearMessageId(
    client: ClientKey,
    packet: IdentifiedPacket,
  ): Promise<QueuedPacket | undefined> {
    return this.#sessionOf(client)?.queue.clear(packet.messageId);
  }

  outgoingStream(client: ClientKey): Readable {
    return Readable.from(this.sessions.find(client.id)?.queue.list() ?? []);
  }

  /** Rejects when the identifier is free: aedes takes the rejection of a PUBLISH for "publish it". */
  async incomingGetPacket(client: ClientKey, packet: IdentifiedPacket): Promise<IdentifiedPacket> {
    const id = packet.messageId ?? 0;
    const { halfOpen } = this.sessions.of(client.id);
    const isTaken = packet.cmd === 'publish' ? halfOpen.reserve(id) : halfOpen.has(id);
    if (!isTaken) throw new Error('no such packet');
    return halfOpen.find(id) ?? packet;
  }

  /** Rejects past the bound, which closes the connection. */
  async incomingStorePacket(client: ClientKey, packet: PublishPacket): Promise<void> {
    const { halfOpen } = this.sessions.of(client.id);
    const messageId = packet.messageId ?? 0;
    halfOpen.store(messageId, { ...queuedCopy(packet), messageId });
    if (halfOpen.size <= this.#options.limits.halfOpen) return;
    halfOpen.delete(messageId);
    throw new Error(`more than ${this.#options.limits.halfOpen} QoS 2 messages without PUBREL`);
  }

  /** Never rejects: aedes lets the rejection end the process when a PUBREL comes twice. */
  async incomingDelPacket(client: ClientKey, packet: IdentifiedPacket): Promise<void> {
    const session = this.sessions.find(client.id);
    if (session === undefined) return;
    session.halfOpen.delete(packet.messageId ?? 0);
    session.touch();
  }

  async putWill(client: WillClient, will: WillPacket): Promise<void> {
    this.wills.put(client, will, this.#broker.id);
  }

  async getWill(client: ClientKey): Promise<WillPacket | undefined> {
    return this.wills.find(client.id);
  }

  async delWill(client: WillClient): Promise<WillPacket | undefined> {
    return this.wills.delete(client);
  }

  /** Wills of other brokers that died. Asked by aedes it leaves out our own: those we look after ourselves. */
  streamWill(brokers?: Readonly<Record<string, unknown>>): Readable {
    const isForeign = ({ brokerId = '' }: WillPacket): boolean =>
      brokers === undefined || (brokerId !== this.#broker.id && brokers[brokerId] === undefined);
    return Readable.from([...this.wills.values()].filter(isForeign));
  }

  async destroy(): Promise<void> {
    this.stop();
  }

  /** Nothing happens by itself any more. */
  stop(): void {
    this.#deadlines.stop();
  }

  async load(): Promise<void> {
    await this.sessions.load();
    await this.wills.load();
  }

  /** One message is routed, in one go: what is put from here on belongs to it. See `routed`. */
  beginRouting(publisher: string | undefined): void {
    this.#publisher = publisher;
    this.#rows.beginRouting();
  }

  /** The batch that keeps what sessions had to keep of the message, if any had to. */
  get routed(): BatchNumber | undefined {
    return this.#rows.routed;
  }

  /** A QoS 2 message of this client was accepted; its PUBREC waits for `routed`. */
  receive(client: string, messageId: number): void {
    const session = this.sessions.of(client);
    session.halfOpen.accept(messageId, session.isKept);
    session.touch();
  }

  /**
   * A queued message is about to be sent under this identifier. A QoS 2 message waits for the batch that is returned:
   * after a crash its receiver must recognise it.
   */
  assign(client: string, packet: PublishPacket): BatchNumber | undefined {
    const session = this.sessions.find(client);
    if (session === undefined) return undefined;
    if (session.queue.update(packet)) session.touch();
    return packet.qos === 2 ? session.batch : undefined;
  }

  /** The batch of the latest change of this client's session; undefined when it is not kept. */
  changeOf(client: string): BatchNumber | undefined {
    return this.sessions.find(client)?.batch;
  }

  /** hot: the client has this message; as `outgoingClearMessageId` for one who does not ask which it was. */
  acknowledged(client: string, messageId: number): void {
    this.sessions.find(client)?.queue.acknowledge(messageId);
  }

  isQueued(client: string, messageId: number): boolean {
    return this.sessions.find(client)?.queue.holds(messageId) ?? false;
  }

  isHalfOpen(client: string, messageId: number): boolean {
    return this.sessions.find(client)?.halfOpen.has(messageId) ?? false;
  }

  /** A queued message will not be sent. */
  discard(client: string, packet: PublishPacket): void {
    if (packet.brokerCounter !== undefined) this.sessions.find(client)?.queue.discard(packet.brokerCounter);
  }

  /** A client is connected, its CONNACK follows. True when it came back to a session that was there. */
  attach(client: SessionClient): boolean {
    const isResumed = this.sessions.attach(client);
    this.wills.returned(client, isResumed);
    return isResumed;
  }

  /** The batch that the CONNACK of this client waits for, if any. */
  beginningOf(client: string): BatchNumber | undefined {
    return this.#beginnings.get(client);
  }

  /** A client is gone. */
  detach(client: SessionClient): void {
    this.sessions.detach(client);
  }

  #begin(client: string): void {
    const batch = this.#rows.touch();
    if (batch === undefined || this.#beginnings.get(client) === batch) return;
    this.#beginnings.set(client, batch);
    this.#rows.whenKept(batch, () => {
      if (this.#beginnings.get(client) === batch) this.#beginnings.delete(client);
    });
  }

  /** Undefined for a client that is gone, or whose session has another owner by now. */
  #sessionOf(client: ClientKey): Session | undefined {
    const session = this.sessions.find(client.id);
    const isGone = client.closed !== undefined && (client.closed || session?.owner !== client);
    return isGone ? undefined : session;
  }

  #kept(batch: BatchNumber | undefined): Promise<void> {
    return new Promise((resolve) => this.#rows.whenKept(batch, resolve));
  }
}
