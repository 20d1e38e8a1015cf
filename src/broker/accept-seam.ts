// The one place through which every accepted publish passes, once: client publishes, wills and our own.
// Decides what acknowledgements wait for; knows nothing of what the house does with a message.
import type { Client } from 'aedes';
import { type BatchNumber, type Commits, type Logger, messageOf } from '../base/index.ts';
import type { Access } from './access/access.ts';
import type { Person } from './access/permits.ts';
import type { Connection } from './connection.ts';
import type { BrokerCounters } from './counters.ts';
import { fromClientPacket, type PublishPacket } from './packet.ts';
import type { PendingReceipts } from './pending-receipts.ts';
import type { RetainedStore } from './persistence/retained-store.ts';
import type { SessionStore } from './persistence/session-store.ts';
import type { Accept, Message } from './ports.ts';
import type { Router } from './routing/router.ts';
import type { BrokerParts, PublishDone, PublishFunction } from './seams.ts';
import type { RoutedPacket } from './writer/publication.ts';

export interface AcceptSeamOptions {
  readonly accept: Accept;
  readonly commits: Commits;
  readonly access: Access;
  readonly retained: RetainedStore;
  readonly sessions: SessionStore;
  readonly receipts: PendingReceipts;
  readonly router: Router;
  readonly counters: BrokerCounters;
  readonly log: Logger;
  readonly connectionOf: (client: Client) => Connection | undefined;
  /** A publish that was refused without a word to the client. */
  readonly onDenied: (client: Client, topic: string) => void;
}

const ignore = (): void => undefined;

/** A will carries its delay along, which no subscriber may see [MQTT-3.1.3-9]; the object is aedes' own, so a copy. */
function withoutWillDelay(packet: PublishPacket): PublishPacket {
  if (packet.properties?.willDelayInterval === undefined) return packet;
  const { willDelayInterval: _delay, ...properties } = packet.properties;
  return { ...packet, properties };
}

export class AcceptSeam {
  readonly #options: AcceptSeamOptions;
  readonly #route: PublishFunction;
  /** aedes announces each client and subscription to other brokers under this prefix; there are none. */
  readonly #chatter: string;

  constructor(parts: BrokerParts, brokerId: string, options: AcceptSeamOptions) {
    this.#options = options;
    this.#route = parts.publish.bind(parts);
    this.#chatter = `$SYS/${brokerId}/`;
    parts.publish = (packet, client, done) => {
      if (typeof client === 'function') this.#onPublish(packet, null, client);
      else this.#onPublish(packet, client, done ?? ignore);
    };
  }

  /** A message of our own: accepted, then routed. Returns the batch that keeps it, if any. */
  publish(message: Message, packet: PublishPacket): BatchNumber | undefined {
    const batch = this.#accept(message);
    this.#limitRetained(packet);
    const awaited = this.#batchToAwait(packet, batch);
    this.route(packet);
    return this.#options.sessions.routed ?? awaited;
  }

  /** Past the seam: to subscribers and the retained messages only. */
  // hot: test/bench/engine.ts
  route(packet: PublishPacket, done: PublishDone = ignore): void {
    if (packet.qos === 0 && !packet.retain && packet.properties === undefined) {
      // Neither retained nor kept for a session, so that aedes has nothing to do with it.
      this.#options.router.emit(packet, done);
      return;
    }
    this.#limitRetained(packet);
    this.#options.sessions.beginRouting(undefined);
    this.#options.retained.writeAs(undefined);
    this.#route(packet, null, done);
  }

  /**
   * hot: a publish that may be published, that nothing waits for and that no session keeps. False: the publisher waits
   * for `done`.
   */
  publishPlain(packet: RoutedPacket, client: Client, done: () => void): boolean {
    this.#options.counters.payloadBytesReceived += packet.payload.length;
    this.#accept(fromClientPacket(packet, client.id));
    return this.#options.router.pass(packet, done);
  }

  /** hot: as `publishPlain` for QoS 1, whose PUBACK is held already. `done` is called in any case. */
  publishHeld(packet: RoutedPacket, client: Client, done: () => void): void {
    this.#onPublish(packet, client, done);
  }

  /** hot: once per publish; guarded by the broker benchmark. */
  #onPublish(packet: PublishPacket, client: Client | null, done: PublishDone): void {
    if (client === null && packet.topic.startsWith(this.#chatter)) {
      done();
      return;
    }
    if (this.#options.access.takeRefused(packet)) {
      this.#settle(packet, client, undefined);
      if (client !== null) this.#options.onDenied(client, packet.topic);
      done();
      return;
    }
    const clean = withoutWillDelay(packet);
    if (client !== null) this.#options.counters.payloadBytesReceived += clean.payload.length;
    const batch = this.#accept(fromClientPacket(clean, client?.id ?? ''));
    this.#limitRetained(clean);
    const { sessions } = this.#options;
    sessions.beginRouting(client?.id);
    if (clean.retain) this.#options.retained.writeAs(this.#authorOf(packet, client));
    const awaited = this.#batchToAwait(clean, batch);
    if (client !== null) this.#noteState(packet, client);
    this.#expectReceipt(packet, client, sessions.routed ?? awaited);
    this.#route(clean, client, done);
    const kept = sessions.routed ?? awaited;
    this.#expectReceipt(packet, client, kept);
    this.#settle(packet, client, kept);
  }

  #authorOf(packet: PublishPacket, client: Client | null): Person | undefined {
    const { access, sessions } = this.#options;
    return client === null ? sessions.wills.authorOf(packet) : access.personOf(client);
  }

  /** What follows from the acceptance belongs to its batch: a receipt begins, a will ends. */
  #noteState(packet: PublishPacket, client: Client): void {
    const { sessions } = this.#options;
    if (packet.qos === 2 && packet.messageId !== undefined) sessions.receive(client.id, packet.messageId);
    sessions.wills.published(client.id, packet);
  }

  /** An exception here is a bug of the house; the message goes on, for lamps must still obey. */
  #accept(message: Message): BatchNumber | undefined {
    try {
      return this.#options.accept(message);
    } catch (error) {
      this.#options.counters.caught++;
      this.#options.log.error({ topic: message.topic, error: messageOf(error) }, 'accept threw');
      return undefined;
    }
  }

  #limitRetained(packet: PublishPacket): void {
    if (packet.retain && !this.#options.retained.admits(packet)) packet.retain = false;
  }

  /** What is retained becomes a row of the open batch while it is routed. */
  #batchToAwait(packet: PublishPacket, batch: BatchNumber | undefined): BatchNumber | undefined {
    const isKept = packet.retain && this.#options.retained.isDurable(packet.topic);
    return isKept ? this.#options.commits.open : batch;
  }

  #expectReceipt(packet: PublishPacket, client: Client | null, batch: BatchNumber | undefined): void {
    if (packet.qos < 2 || packet.messageId === undefined || client === null || batch === undefined) return;
    this.#options.receipts.add(client.id, packet.messageId, batch);
  }

  #settle(packet: PublishPacket, client: Client | null, batch: BatchNumber | undefined): void {
    const { qos, messageId } = packet;
    if (qos === 0 || messageId === undefined || client === null) return;
    if (qos === 1) this.#options.connectionOf(client)?.acks.settle(messageId, batch);
    else if (batch !== undefined) this.#options.receipts.watch(client.id, messageId, batch);
  }
}
