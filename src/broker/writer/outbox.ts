// Everything that goes to one client: messages by the terms of its subscriptions and within its limits, other packets
// as they are, all in one line of bytes.
import type { Buffer } from 'node:buffer';
import type { BatchNumber, Clock, Commits } from '../../base/index.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import type { PublishPacket } from '../packet.ts';
import type { Reclaim, Subscriber, Terms } from '../routing/subscriber.ts';
import { Traffic } from '../statistics/traffic.ts';
import { ClientEncoder, type ClientWishes, type Unsendable } from './client-encoder.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryWindow, type Step } from './delivery-window.ts';
import { MessageIds } from './message-ids.ts';
import type { Publication } from './publication.ts';
import { withMessageId } from './publish-bytes.ts';
import type { SendQueue } from './send-queue.ts';
import { WaitingRoom } from './waiting-room.ts';

/** What the persistence must hear of a session that outlives its connection. */
export interface SessionQueue {
  /** The message is about to go out under this identifier. It waits for the batch that is returned, if any. */
  assign(packet: PublishPacket): BatchNumber | undefined;
  /** The message will not go out. */
  discard(packet: PublishPacket): void;
}

export interface OutboxOptions {
  readonly queue: SendQueue;
  readonly clientId: () => string;
  readonly isPersistent: () => boolean;
  readonly mayReceive: (topic: string) => boolean;
  readonly session: SessionQueue;
  readonly clock: Clock;
  readonly commits: Commits;
  readonly limits: BrokerLimits;
  readonly counters: BrokerCounters;
  /** Called when there is room again. */
  readonly onRoom: () => void;
}

const lowerQos = (a: 0 | 1 | 2, b: 0 | 1 | 2): 0 | 1 | 2 => (a < b ? a : b);

export class Outbox implements Subscriber {
  readonly ids: MessageIds;
  /** What this connection has carried; what came in is counted where it is read. */
  readonly traffic = new Traffic();
  readonly #options: OutboxOptions;
  readonly #queue: SendQueue;
  readonly #window: DeliveryWindow;
  readonly #room: WaitingRoom;
  /** Live messages from before the client was ready, by their number: the session may hold them, too. */
  readonly #early = new Map<number, Delivery>();
  readonly #encoder: ClientEncoder;
  #state: 'new' | 'ready' | 'closed' = 'new';

  constructor(options: OutboxOptions) {
    const { limits, clock } = options;
    this.#options = options;
    this.#queue = options.queue;
    this.#encoder = new ClientEncoder(clock);
    this.#window = new DeliveryWindow(limits.inFlight, {
      messages: limits.queuedMessages,
      bytes: limits.sendBytes,
    });
    this.#room = new WaitingRoom((ms, run) => clock.after(ms, run));
    this.ids = new MessageIds((id) => this.#window.isUsed(id));
  }

  get id(): string {
    return this.#options.clientId();
  }

  get isPersistent(): boolean {
    return this.#options.isPersistent();
  }

  /** Whoever has more for this client should wait. */
  get isFull(): boolean {
    return this.#queue.isFull || this.#window.isCrowded;
  }

  /** Messages of QoS 1 and 2 that are yet to be acknowledged. */
  get inFlight(): number {
    return this.#window.underWay;
  }

  /** Messages of QoS 1 and 2 that are yet to be sent. */
  get waiting(): number {
    return this.#window.waiting + this.#early.size;
  }

  /** Its CONNECT is here. */
  welcome(wishes: ClientWishes): void {
    const { inFlight, topicAliasesOut } = this.#options.limits;
    const topicAliasMaximum = Math.min(wishes.topicAliasMaximum, topicAliasesOut);
    this.#encoder.welcome({ ...wishes, topicAliasMaximum });
    this.#window.maximum = Math.min(wishes.receiveMaximum, inFlight);
  }

  /** Its CONNACK is sent and so is the queue of its session: live messages follow. */
  open(): void {
    if (this.#state !== 'new') return;
    this.#state = 'ready';
    for (const delivery of this.#early.values()) this.#enqueue(delivery);
    this.#early.clear();
  }

  /** It is gone. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#early.clear();
    this.#queue.finish();
    const abandoned = this.#window.abandon();
    this.#room.release();
    for (const { reclaim, publication } of abandoned) reclaim?.(publication);
  }

  mayReceive(topic: string): boolean {
    return this.#options.mayReceive(topic);
  }

  decline(publication: Publication): void {
    const { packet } = publication;
    if (packet.qos > 0 && this.isPersistent) this.#options.session.discard(packet);
  }

  /** hot: once per delivery; guarded by the broker benchmark. */
  deliver(publication: Publication, terms: Terms, reclaim?: Reclaim): boolean {
    if (this.#state === 'closed') return true;
    const { packet } = publication;
    const qos = lowerQos(packet.qos, terms.qos);
    const retain = packet.retain && terms.keepsRetain;
    this.#take({ publication, qos, retain, identifiers: terms.identifiers, reclaim });
    return !this.isFull || this.#room.isSlow;
  }

  hold(done: () => void): void {
    if (this.#state === 'closed') done();
    else this.#room.hold(done);
  }

  get isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** What the client alone gets, before it is ready as well: retained messages and the queue of its session. */
  deliverKept(delivery: Delivery): void {
    if (this.#state === 'closed') return;
    const counter = delivery.publication.packet.brokerCounter;
    if (counter !== undefined) this.#early.delete(counter);
    this.#enqueue(delivery);
  }

  /** Calls back, at once if there is room or the client is gone. */
  whenRoom(done: () => void): void {
    if (this.#state === 'closed' || !this.isFull) done();
    else this.#room.waitForRoom(done);
  }

  /** Whether the peer reads more slowly than it is written to. */
  get isBehind(): boolean {
    return this.#queue.isFull;
  }

  /** Whether the client takes a packet of this size. */
  takes(length: number): boolean {
    return length <= this.#encoder.largest;
  }

  /** Another packet than PUBLISH, counted already. */
  send(bytes: Buffer): void {
    if (this.#state === 'closed') return;
    this.traffic.packetsSent++;
    this.#write(bytes);
  }

  /** What is sent from here on waits for this batch. */
  holdUntil(batch: BatchNumber): void {
    this.#queue.hold();
    this.#options.commits.whenCommitted(batch, () => this.#queue.release());
  }

  /** Now, not at the end of the turn. */
  flush(): void {
    this.#queue.flush();
  }

  /** All that is left, before its stream is destroyed. */
  finish(): void {
    this.#queue.finish();
  }

  /** What the client is to send next for the message of this identifier; undefined when none is under way. */
  stepOf(messageId: number): Step | undefined {
    return this.#window.stepOf(messageId);
  }

  /** The client has this QoS 2 message. False when none of that identifier is under way. */
  release(messageId: number): boolean {
    if (this.#window.stepOf(messageId) === undefined) return false;
    this.#window.release(messageId);
    return true;
  }

  /** The PUBREL of a message of an earlier connection goes out: it counts until its PUBCOMP. */
  resumeRelease(messageId: number): void {
    if (!this.#window.isUsed(messageId)) this.#window.release(messageId);
  }

  /** PUBACK, PUBCOMP, or PUBREC with an error [MQTT-4.9.0-2]. */
  acknowledge(messageId: number): void {
    if (this.#window.end(messageId)) this.announceRoom();
  }

  /** The line or the window got shorter. */
  announceRoom(): void {
    this.#pump();
    if (this.isFull) return;
    this.#room.release();
    this.#options.onRoom();
  }

  #take(delivery: Delivery): void {
    if (this.#state === 'ready') {
      this.#enqueue(delivery);
      return;
    }
    delivery.publication.detach();
    this.#early.set(delivery.publication.packet.brokerCounter ?? -this.#early.size, delivery);
    if (this.#early.size <= this.#options.limits.queuedMessages) return;
    const oldest = this.#early.keys().next();
    if (!oldest.done) this.#early.delete(oldest.value);
    this.#drop(1);
  }

  #enqueue(delivery: Delivery): void {
    if (delivery.qos === 0) {
      this.#sendQos0(delivery);
      return;
    }
    const isNext = this.#window.isIdle && this.#window.hasRoom && !this.#queue.isFull;
    if (isNext) {
      this.#begin(delivery);
      return;
    }
    delivery.publication.detach();
    this.#drop(this.#window.push(delivery));
  }

  /** Sends what the window and the line allow. */
  #pump(): void {
    while (this.#window.hasRoom && !this.#queue.isFull) {
      const delivery = this.#window.take();
      if (delivery === undefined) return;
      this.#begin(delivery);
    }
  }

  /** Gives it its identifier; a session that is kept has to know that first. */
  #begin(delivery: Delivery): void {
    const { publication, reclaim } = delivery;
    const { session, commits } = this.#options;
    const shared = this.#encoder.encode(delivery);
    if (typeof shared === 'string') {
      this.#giveUp(shared);
      this.decline(publication);
      return;
    }
    const messageId = delivery.messageId ?? this.ids.take();
    if (reclaim !== undefined) publication.detach();
    this.#window.begin(messageId, delivery);
    const bytes = withMessageId(shared, messageId, delivery.isRepeated ?? false);
    const batch = this.isPersistent
      ? session.assign({ ...publication.packet, qos: delivery.qos, messageId })
      : undefined;
    const { length } = publication.packet.payload;
    if (batch === undefined) this.#push(bytes, length);
    else commits.whenCommitted(batch, () => this.#push(bytes, length));
  }

  #sendQos0(delivery: Delivery): void {
    const shared = this.#encoder.encode(delivery);
    if (typeof shared === 'string') this.#giveUp(shared);
    else if (this.#queue.fits(shared.bytes.length)) {
      this.#push(shared.bytes, delivery.publication.packet.payload.length);
    } else this.#drop(1);
  }

  #push(bytes: Buffer, payloadBytes: number): void {
    if (this.#state === 'closed') return;
    const { counters } = this.#options;
    counters.packetsSent++;
    counters.publishesSent++;
    counters.payloadBytesSent += payloadBytes;
    this.traffic.packetsSent++;
    this.traffic.publishesSent++;
    this.#write(bytes);
  }

  #write(bytes: Buffer): void {
    this.#options.counters.bytesSent += bytes.length;
    this.traffic.bytesSent += bytes.length;
    this.#queue.push(bytes);
  }

  #drop(count: number): void {
    this.#options.counters.sendDropped += count;
    this.traffic.dropped += count;
  }

  #giveUp(why: Unsendable): void {
    this.traffic.dropped++;
    if (why === 'expired') this.#options.counters.expired++;
    else this.#options.counters.tooLarge++;
  }
}
