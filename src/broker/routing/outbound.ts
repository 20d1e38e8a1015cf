// The way out of the broker: who is subscribed, and an outbox for each connection. Ties both to aedes' clients.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { BatchNumber, Clock, Commits } from '../../base/index.ts';
import type { Connection } from '../connection.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import type { PublishPacket } from '../packet.ts';
import type { SharedHolders } from '../persistence/durable-subscriptions.ts';
import {
  beforeDestroy,
  clientParts,
  replaceDelivery,
  replaceListener,
  replaceMessageIds,
  watchSubscriptions,
} from '../seams.ts';
import { Flusher } from '../writer/flusher.ts';
import { Outbox } from '../writer/outbox.ts';
import { Publication, type RoutedPacket } from '../writer/publication.ts';
import { SendQueue } from '../writer/send-queue.ts';
import type { SessionSteps } from './incoming-acks.ts';
import { IncomingPackets } from './incoming-packets.ts';
import { Router } from './router.ts';
import { SubscriptionIndex } from './subscription-index.ts';

/** The part of the persistence that the way out needs. */
export interface SessionQueues extends SessionSteps {
  /** False when the client may not have it. */
  enqueue(client: string, packet: PublishPacket): boolean;
  /** The message is about to go out; it waits for the batch that is returned. */
  assign(client: string, packet: PublishPacket): BatchNumber | undefined;
  /** The message will not go out. */
  discard(client: string, packet: PublishPacket): void;
}

export interface OutboundOptions {
  readonly clock: Clock;
  readonly commits: Commits;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  readonly sessions: SessionQueues;
  readonly mayReceive: (client: Client, topic: string) => boolean;
  readonly connectionOf: (client: Client) => Connection | undefined;
  /** A connection is about to be closed for what its client did. */
  readonly onFault: (client: Client, error: Error) => void;
}

/** Of a retained message that aedes sends to a new subscription. */
function identifierOf(packet: RoutedPacket): readonly number[] {
  const { properties } = packet;
  if (properties === undefined || !('subscriptionIdentifier' in properties)) return [];
  const { subscriptionIdentifier: identifier } = properties;
  return typeof identifier === 'number' ? [identifier] : [];
}

const lower = (a: 0 | 1 | 2, b: 0 | 1 | 2): 0 | 1 | 2 => (a < b ? a : b);

export class Outbound {
  readonly router: Router;
  readonly #options: OutboundOptions;
  readonly #index: SubscriptionIndex;
  readonly #flusher: Flusher;
  readonly #incoming: IncomingPackets;

  constructor(options: OutboundOptions) {
    const { sessions, clock } = options;
    this.#options = options;
    this.#index = new SubscriptionIndex(({ client, qos }, { packet }) =>
      sessions.enqueue(client, qos < packet.qos ? { ...packet, qos } : packet),
    );
    this.router = new Router(this.#index);
    this.#flusher = new Flusher((run) => clock.soon(run));
    this.#incoming = new IncomingPackets(options.limits.qos, options);
  }

  /** Where sessions tell which shared subscriptions they hold. */
  get groups(): SharedHolders {
    return this.#index;
  }

  /** For a connection whose client aedes is still to make. */
  outboxFor(stream: Duplex, client: () => Client | undefined, onStuck: () => void): Outbox {
    const { clock, limits, counters, commits, sessions } = this.#options;
    const queue = new SendQueue({
      stream,
      flusher: this.#flusher,
      limit: limits.sendBytes,
      patienceMs: limits.drainMs,
      after: (ms, run) => clock.after(ms, run),
      onRoom: () => outbox.announceRoom(),
      onStuck: () => {
        counters.stuckCut++;
        onStuck();
        stream.destroy(new Error(`read nothing for ${limits.drainMs / 1000} s`));
      },
    });
    const outbox: Outbox = new Outbox({
      queue,
      clock,
      commits,
      limits,
      counters,
      clientId: () => client()?.id ?? '',
      isPersistent: () => client()?.clean === false,
      mayReceive: (topic) => this.#mayReceive(client(), topic),
      session: {
        assign: (packet) => sessions.assign(outbox.id, packet),
        discard: (packet) => sessions.discard(outbox.id, packet),
      },
      onRoom: () => {
        // aedes waits for it where it was told that there is no room.
        if (!stream.destroyed) stream.emit('drain');
      },
    });
    return outbox;
  }

  /** Must run before the first byte of the client is read, and after the guard was applied. */
  bind(client: Client, connection: Connection): void {
    const { outbox } = connection;
    beforeDestroy(connection.stream, () => outbox.finish());
    watchSubscriptions(client, {
      onSet: (filter, held) => this.#index.set(outbox, filter, held),
      onDelete: (filter) => this.#index.delete(outbox, filter),
    });
    replaceMessageIds(client, outbox.ids);
    replaceDelivery(client, (packet, done) => this.#deliverRetained(client, outbox, { packet, done }));
    replaceListener(clientParts(client)._parser, 'packet', (inner) => (packet) => {
      if (!this.#incoming.admits(packet, client, connection)) return;
      inner(packet);
      this.#incoming.handled(packet, connection);
    });
  }

  /**
   * aedes takes a session that ends with its connection for one without a queue, and so deletes what waits in one that
   * the client came back to. It ends by its expiry interval all the same.
   */
  keepQueue(client: Client): void {
    const isNew = this.#options.connectionOf(client)?.isCleanStart ?? true;
    if (client.version === 5 && !isNew) client.clean = false;
  }

  /** The queue of its session has been sent. */
  ready(client: Client): void {
    this.#options.connectionOf(client)?.outbox.open();
  }

  /** A message that aedes read back from the queue of a session, its identifier given. */
  resume(connection: Connection, packet: RoutedPacket): void {
    const { outbox } = connection;
    const terms = this.#index.termsFor(outbox, packet.topic);
    const messageId = packet.messageId ?? outbox.ids.take();
    outbox.deliverKept({
      publication: new Publication(packet),
      qos: terms === undefined ? packet.qos : lower(packet.qos, terms.qos),
      retain: packet.retain && (terms?.keepsRetain ?? false),
      identifiers: terms?.identifiers ?? [],
      messageId,
      isRepeated: !outbox.ids.isNew(messageId),
    });
  }

  #mayReceive(client: Client | undefined, topic: string): boolean {
    return client !== undefined && this.#options.mayReceive(client, topic);
  }

  /** Retained messages come one by one, the next when there is room. */
  #deliverRetained(
    client: Client,
    outbox: Outbox,
    { packet, done }: { readonly packet: RoutedPacket; readonly done: () => void },
  ): void {
    const terms = this.#index.termsFor(outbox, packet.topic);
    if (terms !== undefined && this.#mayReceive(client, packet.topic)) {
      outbox.deliverKept({
        publication: new Publication(packet),
        qos: lower(packet.qos, terms.qos),
        retain: packet.retain,
        identifiers: identifierOf(packet),
      });
    }
    outbox.whenRoom(done);
  }
}
