// The parts of a running broker, built and wired once for each start.
import type { EventEmitter } from 'node:events';
import type { Aedes, Client } from 'aedes';
import type { Undo } from '../base/index.ts';
import { AcceptSeam } from './accept-seam.ts';
import type { Access } from './access/access.ts';
import type { AccessBook } from './access/access-book.ts';
import type { ClientEvents } from './client-events.ts';
import type { AbsentSession } from './client-view.ts';
import { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import { createCore } from './core.ts';
import type { BrokerCounters, BrokerFigures } from './counters.ts';
import { EventLog } from './event-log.ts';
import { Ground } from './ground.ts';
import { ClientGuard } from './guard/client-guard.ts';
import type { Arrival } from './listeners/arrival.ts';
import { Doors } from './listeners/doors.ts';
import type { BrokerOptions } from './options.ts';
import type { PublishPacket } from './packet.ts';
import type { RetainedStore } from './persistence/retained-store.ts';
import type { SessionStore } from './persistence/session-store.ts';
import { traitsOf } from './profile.ts';
import { PlainPackets } from './routing/plain-packets.ts';
import { toWire } from './routing/shared-filter.ts';
import { TopicNames } from './routing/topic-names.ts';
import { brokerParts } from './seams.ts';
import { systemFiguresOf } from './statistics/system-figures.ts';
import { SystemTopics } from './statistics/system-topics.ts';

const notAuthorized = 0x87;
const sessionTakenOver = 0x8e;

export class Interior {
  readonly aedes: Aedes;
  readonly seam: AcceptSeam;
  readonly doors: Doors;
  readonly system: SystemTopics;
  readonly #ground: Ground;
  readonly #guard: ClientGuard;
  readonly #topics = new TopicNames();
  readonly #uninstallWriter: Undo;
  readonly #undoRevoke: Undo;
  readonly #undoLog: Undo;

  private constructor(ground: Ground, aedes: Aedes, book: AccessBook) {
    const { options, limits, counters, connections } = ground;
    const { accept, commits, clock, log, listeners, gate } = options;
    const { access, retained, receipts, sessions } = ground;
    const connectionOf = (client: Client): Connection | undefined => connections.of(client);
    this.#ground = ground;
    this.aedes = aedes;
    this.#uninstallWriter = ground.writer.install();
    this.#undoRevoke = book.onRevoke((users) => this.#revoke(users));
    this.seam = new AcceptSeam(brokerParts(aedes), aedes.id, {
      accept,
      commits,
      access,
      retained,
      sessions,
      receipts,
      router: ground.outbound.router,
      counters,
      log,
      connectionOf,
      onDenied: (client, topic) => ground.denyPublish(client, topic),
    });
    this.#guard = new ClientGuard({
      clock,
      limits,
      counters,
      onCaught: (connection, error) => ground.onCaught(`a packet of ${connection.address}`, error),
      onRefused: (client, error) => ground.onClientError(client, error),
    });
    this.doors = new Doors({
      listeners,
      tls: options.tls,
      trustedProxies: options.trustedProxies ?? [],
      gate,
      limits,
      counters,
      clock,
      log,
      mayEnter: (isLocal) => access.mayEnter(isLocal),
      onArrival: (arrival) => this.#attach(arrival),
      onEvent: (event) => ground.events.tell(event),
    });
    this.system = new SystemTopics({
      clock,
      version: options.version ?? 'homerule',
      figures: () => systemFiguresOf(ground),
      route: (packet) => this.#routeStatistic(packet),
    });
    const eventLog = new EventLog(clock, log);
    this.#undoLog = ground.events.listen((event) => eventLog.write(event));
    this.#observe();
  }

  static async create(options: BrokerOptions, book: AccessBook, events: ClientEvents): Promise<Interior> {
    const ground = new Ground(options, book, events);
    const { limits, counters, access, sessions, connections, outbound } = ground;
    const aedes = await createCore({
      limits,
      counters,
      access,
      sessions,
      router: outbound.router,
      isRefused: traitsOf(options.profile).isRefused,
      connectionOf: (client) => connections.of(client),
      onHookError: (error) => ground.onCaught('a hook', error),
      onDenied: (client, denial) => connections.tell(client, { kind: 'denied', ...denial }),
      onPublishDenied: (client, topic) => ground.denyPublish(client, topic),
      onAdmitted: (client) => interior.#onAdmitted(client),
    });
    const interior: Interior = new Interior(ground, aedes, book);
    return interior;
  }

  get access(): Access {
    return this.#ground.access;
  }

  get counters(): BrokerCounters {
    return this.#ground.counters;
  }

  get connections(): Connections {
    return this.#ground.connections;
  }

  get retained(): RetainedStore {
    return this.#ground.retained;
  }

  get sessions(): SessionStore {
    return this.#ground.sessions;
  }

  figures(): BrokerFigures {
    const { counters, connections, retained, sessions } = this.#ground;
    return {
      ...counters,
      clients: connections.registered.size,
      connections: connections.size,
      retainedMessages: retained.size,
      retainedBytes: retained.bytes,
      parkedAcks: connections.parkedAcks(),
      absentSessions: sessions.sessions.absent,
      queuedMessages: sessions.sessions.queued(),
      clientEventsDropped: this.#ground.events.dropped,
    };
  }

  hasSubscribers(topic: string): boolean {
    return this.#ground.outbound.router.hasSubscribers(topic);
  }

  /** Cuts every connection that is left; calls `done` when the last one is gone. */
  hangUp(done: () => void): void {
    const streams = this.connections.streams();
    let left = streams.length;
    if (left === 0) done();
    for (const stream of streams) {
      stream.once('close', () => {
        left--;
        if (left === 0) done();
      });
      stream.destroy();
    }
  }

  /** Gives the writer back. */
  release(): void {
    this.#uninstallWriter();
    this.#undoRevoke();
    this.#undoLog();
    this.sessions.stop();
  }

  absentSessions(): AbsentSession[] {
    const { sessions } = this.#ground;
    return sessions.sessions.listAbsent().map((session) => ({
      id: session.client,
      subscriptions: sessions.subscriptions
        .list(session.client)
        .map(({ topic, qos }) => ({ filter: toWire(topic), qos })),
      waiting: session.queue.size,
    }));
  }

  forgetSession(id: string): boolean {
    const { sessions } = this.#ground.sessions;
    if (sessions.find(id)?.isAbsent !== true) return false;
    sessions.end(id);
    return true;
  }

  /** Rules hear of it only when one of them asks for it. */
  #routeStatistic(packet: PublishPacket): void {
    const { topic, payload } = packet;
    if (this.#ground.options.isStatisticHeard?.(topic) !== true) this.seam.route(packet);
    else this.seam.publish({ topic, payload, qos: 0, retain: true, origin: 'api', by: '$SYS' }, packet);
  }

  #attach(arrival: Arrival): void {
    const { options, limits, counters, connections, outbound, access, writer, sessions } = this.#ground;
    counters.socketsOpened++;
    const connection: Connection = new Connection({
      arrival,
      openedAt: options.clock.now(),
      commits: options.commits,
      parkedAcks: limits.parkedAcks,
      halfOpen: limits.halfOpen,
      outbox: (client) => outbound.outboxFor(arrival.stream, client, () => connection.endsBy('too-slow')),
      soon: (run) => options.clock.soon(run),
      onStall: () => {
        counters.ackStalls++;
      },
    });
    connections.add(connection);
    const client = this.aedes.handle(arrival.stream, arrival.request);
    connections.bind(client, connection);
    PlainPackets.install(client, {
      connection,
      topics: this.#topics,
      payloadBytes: limits.payloadBytes,
      mayPublish: (topic) => access.mayPublish(client, topic),
      publish: (packet, done) => this.seam.publishPlain(packet, client, done),
      publishHeld: (packet, done) => this.seam.publishHeld(packet, client, done),
      acknowledge: (messageId) => writer.acknowledge(connection, messageId),
      onPuback: (messageId) => {
        if (connection.isOver || connection.outbox.stepOf(messageId) !== 'puback') return false;
        // In this order: see IncomingPackets.
        sessions.acknowledged(client.id, messageId);
        connection.outbox.acknowledge(messageId);
        return true;
      },
    });
    this.#guard.apply(client, connection);
    outbound.bind(client, connection);
  }

  #observe(): void {
    const { counters, connections, access, sessions, outbound, resumed } = this.#ground;
    const { aedes } = this;
    aedes.on('client', (client) => {
      counters.connected++;
      this.#evict(client.id);
      if (sessions.attach(client)) resumed.add(client);
      outbound.keepQueue(client);
      connections.register(client);
    });
    aedes.on('clientReady', (client) => outbound.ready(client));
    const parts = brokerParts(aedes);
    parts.scheduleSessionExpiry = (client) => sessions.detach(client);
    parts.scheduleWill = (client, will, seconds) => {
      sessions.wills.delay(will, { client, seconds });
    };
    aedes.on('subscribe', (subscriptions, client) => {
      if (client === null || subscriptions.length === 0) return;
      const filters = subscriptions.map(({ topic }) => toWire(topic));
      connections.tell(client, { kind: 'subscribed', filters });
    });
    aedes.on('unsubscribe', (filters, client) => {
      // aedes says so of every connection that ends, too.
      if (client === null || client.closed || filters.length === 0) return;
      connections.tell(client, { kind: 'unsubscribed', filters: filters.map(toWire) });
    });
    aedes.on('clientDisconnect', (client) => {
      connections.unregister(client);
      const successor = connections.find(client.id);
      // aedes has taken the id off its list, whoever stood behind it.
      if (successor !== undefined) parts.clients[client.id] = successor;
      if (client.clean) access.forgetSession(client);
    });
    aedes.on('keepaliveTimeout', (client) => connections.of(client)?.endsBy('silent'));
    aedes.on('clientError', (client, error) => this.#ground.onClientError(client, error));
    aedes.on('connectionError', (client, error) => this.#ground.onClientError(client, error));
    // An 'error' without a listener would end the process.
    const emitter: EventEmitter = aedes;
    emitter.on('error', (error: unknown) => this.#ground.onCaught('aedes', error));
  }

  /** Whoever is here under the same id has to go. */
  #onAdmitted(client: Client): void {
    const before = brokerParts(this.aedes).clients[client.id];
    if (before !== undefined) this.connections.of(before)?.endsBy('taken-over');
  }

  /** Two that came in the same moment: aedes has ended neither. The later one stays. */
  #evict(id: string): void {
    const { connections, sessions } = this.#ground;
    const rival = connections.find(id);
    if (rival === undefined) return;
    connections.of(rival)?.endsBy('taken-over');
    sessions.detach(rival);
    rival.disconnect({ reasonCode: sessionTakenOver });
  }

  /** Their names, passwords or roles are not what they were when they connected. */
  #revoke(users: ReadonlySet<string>): void {
    const { connections, access, counters } = this.#ground;
    access.changed(users);
    for (const client of [...connections.registered]) {
      if (!users.has(access.userOf(client) ?? '')) continue;
      counters.revoked++;
      connections.of(client)?.endsBy('revoked');
      client.disconnect({ reasonCode: notAuthorized });
    }
  }
}
