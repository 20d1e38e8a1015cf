// What of a running broker stands before aedes does: access, sessions, connections, the way out. Knows no aedes object but clients.
import type { Client } from 'aedes';
import { messageOf } from '../base/index.ts';
import { Access } from './access/access.ts';
import type { AccessBook } from './access/access-book.ts';
import type { ClientEvents } from './client-events.ts';
import { Connections } from './connections.ts';
import { BrokerCounters } from './counters.ts';
import { Throttle } from './listeners/throttle.ts';
import { type BrokerLimits, type BrokerOptions, defaultLimits } from './options.ts';
import { PendingReceipts } from './pending-receipts.ts';
import { RetainedStore } from './persistence/retained-store.ts';
import { SessionStore } from './persistence/session-store.ts';
import { traitsOf } from './profile.ts';
import { Outbound } from './routing/outbound.ts';
import { WriterSeam } from './writer/writer-seam.ts';

/** What stands before aedes does. */
export class Ground {
  readonly options: BrokerOptions;
  readonly limits: BrokerLimits;
  readonly counters = new BrokerCounters();
  readonly access: Access;
  readonly events: ClientEvents;
  readonly connections: Connections;
  readonly retained: RetainedStore;
  readonly sessions: SessionStore;
  readonly receipts: PendingReceipts;
  readonly outbound: Outbound;
  readonly writer: WriterSeam;
  /** Clients that came back to a session that was there. */
  readonly resumed = new WeakSet<Client>();
  readonly #throttle: Throttle;

  constructor(options: BrokerOptions, book: AccessBook, events: ClientEvents) {
    const { counters } = this;
    this.events = events;
    const { clock, log, retained: rows, commits } = options;
    this.#throttle = new Throttle(clock);
    this.options = options;
    this.limits = { ...defaultLimits, ...traitsOf(options.profile).limits, ...options.limits };
    const { limits } = this;
    this.connections = new Connections({
      clock,
      userOf: (client) => this.access.userOf(client),
      events,
    });
    this.retained = new RetainedStore({
      rows,
      clock,
      log,
      limits,
      counters,
      mayStay: (author, topic) => this.access.mayStayRetained(author, topic),
    });
    this.access = new Access(book, { counters, clock, payloadBytes: limits.payloadBytes });
    this.sessions = new SessionStore({
      retained: this.retained,
      tables: options.sessions,
      commits,
      groups: () => this.outbound.groups,
      clock,
      log,
      limits,
      counters,
      keepaliveOf: (client) => this.connections.keepaliveOf(client),
      mayQueue: (client, topic, user) => this.access.mayQueue(client, topic, user),
      userOf: (client) => this.connections.userOf(client),
      mayPublishLater: (person, topic) => this.access.mayPublishLater(person, topic),
    });
    this.receipts = new PendingReceipts(commits);
    this.outbound = new Outbound({
      clock,
      commits,
      limits,
      counters,
      sessions: this.sessions,
      mayReceive: (client, topic) => this.access.mayReceive(client, topic),
      connectionOf: (client) => this.connections.of(client),
      onFault: (client, error) => this.onClientError(client, error),
    });
    this.writer = new WriterSeam({
      find: (stream) => this.connections.ofStream(stream),
      limits,
      counters,
      batchOf: (client, messageId) => this.receipts.find(client, messageId) ?? this.sessions.routed,
      changeOf: (client) => this.sessions.changeOf(client),
      beginningOf: (client) => this.sessions.beginningOf(client),
      isResumed: (client) => this.resumed.has(client),
      resume: (connection, packet) => this.outbound.resume(connection, packet),
    });
  }

  denyPublish(client: Client, topic: string): void {
    this.connections.tell(client, {
      kind: 'denied',
      what: 'publish',
      topic,
      reason: 'may not publish there',
    });
  }

  onClientError(client: Client, error: Error): void {
    const address = this.connections.of(client)?.address ?? '';
    const fields = { client: client.id, address, reason: error.message };
    if (this.#throttle.admits(`${address}/${client.id}`))
      this.options.log.info(fields, 'client closed or refused');
  }

  onCaught(where: string, error: unknown): void {
    this.counters.caught++;
    this.options.log.error({ where, error: messageOf(error) }, 'exception caught in the broker');
  }
}
