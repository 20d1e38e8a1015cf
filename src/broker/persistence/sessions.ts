// All sessions: who is connected to which, when they end, and how they come back after a restart.
import type { Logger } from '../../base/index.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import type { Deadlines } from './deadlines.ts';
import { DurableSubscriptions, type SharedHolders } from './durable-subscriptions.ts';
import { packetOfRow } from './message-row.ts';
import { neverExpires, Session, type SessionClient } from './session.ts';
import { earlierBatch, type SessionRows, type SharedMessage } from './session-rows.ts';
import type { QueuedMessageRow, SessionRow } from './tables.ts';

export interface SessionsOptions {
  readonly rows: SessionRows;
  readonly deadlines: Deadlines;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly log: Logger;
  readonly userOf: (client: SessionClient) => string;
  readonly groups?: () => SharedHolders;
}

const deadlineOf = (client: string): string => `session ${client}`;

export class Sessions {
  readonly subscriptions: DurableSubscriptions;
  readonly #options: SessionsOptions;
  readonly #rows: SessionRows;
  readonly #sessions = new Map<string, Session>();
  /** Kept sessions without a connection. */
  #absent = 0;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#rows = options.rows;
    this.subscriptions = new DurableSubscriptions(options.rows, options.groups);
  }

  get absent(): number {
    return this.#absent;
  }

  /** Messages that wait in all queues. */
  queued(): number {
    let count = 0;
    for (const session of this.#sessions.values()) count += session.queue.size;
    return count;
  }

  /** Kept sessions without a connection. */
  listAbsent(): Session[] {
    return [...this.#sessions.values()].filter(({ isAbsent }) => isAbsent);
  }

  find(client: string): Session | undefined {
    return this.#sessions.get(client);
  }

  of(client: string): Session {
    let session = this.#sessions.get(client);
    if (session === undefined) {
      session = new Session(client, this.#rows);
      this.#sessions.set(client, session);
    }
    return session;
  }

  /** A client is connected. True when it came back to a session that was there before. */
  attach(client: SessionClient): boolean {
    const known = this.#sessions.get(client.id);
    const isResumed = known?.isAbsent === true;
    const session = known ?? this.of(client.id);
    this.#setAbsent(session, false);
    session.owner = client;
    session.user = this.#options.userOf(client);
    session.isKept = !client.clean || isResumed;
    session.expirySeconds = this.#lifeOf(client.sessionExpiryInterval);
    this.#options.deadlines.clear(deadlineOf(client.id));
    if (session.isKept) this.#put(session, null);
    return isResumed;
  }

  /** A client is gone; a connection that was taken over says nothing about the session. */
  detach(client: SessionClient): void {
    const session = this.#sessions.get(client.id);
    if (session === undefined || session.owner !== client) return;
    session.owner = undefined;
    const { limits, counters } = this.#options;
    if (client.clean || client.sessionExpiryInterval === 0) {
      this.end(client.id);
    } else if (this.#absent >= limits.pendingSessions) {
      counters.sessionsRefused++;
      this.end(client.id);
    } else {
      this.#setAbsent(session, true);
      session.expirySeconds = this.#lifeOf(client.sessionExpiryInterval);
      this.#await(session);
    }
  }

  /** Forgets everything of a session. A client that begins anew [MQTT-3.1.2-4] is not attached to it yet. */
  end(client: string): void {
    const session = this.#sessions.get(client);
    this.subscriptions.clear(client);
    if (session === undefined) return;
    this.#options.deadlines.clear(deadlineOf(client));
    this.#setAbsent(session, false);
    this.#sessions.delete(client);
    session.queue.clearAll();
    session.halfOpen.clear();
    this.#rows.tables.sessions.delete(client);
  }

  /** What an earlier process left. Sessions that were connected then count as ending now. */
  async load(): Promise<void> {
    const { tables } = this.#rows;
    for (const row of await tables.sessions.all()) this.#restore(row);
    for (const row of await tables.subscriptions.all()) {
      this.#rows.reserve(row.id);
      if (this.#sessions.has(row.client)) this.subscriptions.restore(row);
      else tables.subscriptions.delete(String(row.id));
    }
    for (const row of await tables.receipts.all()) {
      this.#rows.reserve(row.id);
      const session = this.#sessions.get(row.client);
      if (session === undefined) tables.receipts.delete(String(row.id));
      else session.halfOpen.restore(row.id, row.packetId);
    }
    await this.#loadQueues();
    for (const session of this.#sessions.values()) if (session.expirySeconds === 0) this.end(session.client);
  }

  #restore(row: SessionRow): void {
    const session = this.of(row.client);
    session.expirySeconds = this.#lifeOf(row.expirySeconds);
    session.user = row.user;
    this.#setAbsent(session, true);
    const { deadlines } = this.#options;
    if (row.endsAt === null) this.#await(session);
    else deadlines.at(deadlineOf(row.client), row.endsAt, () => this.#expire(session));
  }

  async #loadQueues(): Promise<void> {
    const { tables } = this.#rows;
    const messages = new Map<number, SharedMessage>();
    for (const row of await tables.queuedMessages.all()) {
      this.#rows.reserve(row.id);
      const message = this.#messageOf(row);
      if (message !== undefined) messages.set(row.id, message);
    }
    for (const { seq, client, message: id, packetId } of await tables.queues.all()) {
      this.#rows.reserve(seq);
      const session = this.#sessions.get(client);
      const message = id === null ? undefined : messages.get(id);
      const isWhole = id === null ? packetId !== null : message !== undefined;
      if (session !== undefined && isWhole) session.queue.restore(seq, message, packetId ?? undefined);
      else tables.queues.delete(String(seq));
    }
    for (const { id, uses } of messages.values()) if (uses === 0) tables.queuedMessages.delete(String(id));
  }

  #messageOf(row: QueuedMessageRow): SharedMessage | undefined {
    try {
      const packet = packetOfRow(row);
      if (row.expiresAt !== null) packet.messageExpiry = row.expiresAt;
      return { id: row.id, packet, uses: 0, batch: earlierBatch };
    } catch (error) {
      this.#options.log.warn({ topic: row.topic, error: String(error) }, 'queued message skipped');
      this.#rows.tables.queuedMessages.delete(String(row.id));
      return undefined;
    }
  }

  /** From now on the session ends when its time is over. */
  #await(session: Session): void {
    const { expirySeconds, client } = session;
    if (expirySeconds >= neverExpires) {
      this.#put(session, null);
      return;
    }
    const { deadlines } = this.#options;
    deadlines.in(deadlineOf(client), expirySeconds * 1000, () => this.#expire(session));
    this.#put(session, deadlines.timeIn(expirySeconds * 1000));
  }

  #expire(session: Session): void {
    if (this.#sessions.get(session.client) !== session || session.owner !== undefined) return;
    this.#options.counters.sessionsExpired++;
    this.end(session.client);
  }

  #lifeOf(wantedSeconds: number): number {
    return Math.min(wantedSeconds, this.#options.limits.sessionSeconds);
  }

  #setAbsent(session: Session, isAbsent: boolean): void {
    if (session.isAbsent === isAbsent) return;
    session.isAbsent = isAbsent;
    this.#absent += isAbsent ? 1 : -1;
  }

  #put(session: Session, endsAt: number | null): void {
    const { client, expirySeconds, user } = session;
    this.#rows.tables.sessions.put({ client, expirySeconds, endsAt, user });
  }
}
