// The private parts of aedes 2.0.0-beta.1 and mqtt-packet 9 that the broker relies on, each named once and checked when
// it is used. Nothing else in the house touches them; test/broker/seams.test.ts fails when one moves.
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Aedes, Client } from 'aedes';
import mqttPacket from 'mqtt-packet';
import { fail } from './errors.ts';
import type { PublishPacket } from './packet.ts';

export type PublishDone = (error?: Error | null) => void;

/** `aedes.publish` as aedes itself calls it: the client may be left out. */
export type PublishFunction = (
  packet: PublishPacket,
  client: Client | null | PublishDone,
  done?: PublishDone,
) => void;

/** Parts of the broker object. */
export interface BrokerParts {
  /** Handlers call it on the object for each client publish and each will: the accept seam. */
  publish: PublishFunction;
  /** Connected clients by id. */
  clients: Record<string, Client>;
  /** Called on the object when a registered client is gone: we end sessions ourselves, over restarts too. */
  scheduleSessionExpiry: (client: Client) => void;
  /** Called on the object when a client is gone that wants its will later. */
  scheduleWill: (client: Client, will: { readonly topic: string }, delaySeconds: number) => void;
}

export interface PacketParser extends EventEmitter {
  parse(bytes: Buffer): number;
}

/** Parts of a client object. */
export interface ClientParts {
  readonly _parser: PacketParser;
  /** A CONNACK, good or bad, was written. */
  readonly connackSent: boolean;
  /** Reads no further until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends a client that is silent. */
  readonly _keepaliveTimer: { refresh(): void } | null;
  /** Seconds that count in place of the keep-alive of the CONNECT; told to MQTT 5 clients. */
  _serverKeepAlive?: number;
  subscriptions: Record<string, { readonly qos: 0 | 1 | 2 } | undefined>;
  duplicates: Record<string, number>;
}

export type WriteToStream = (packet: object, stream: Duplex, options?: object) => boolean;

function moved(name: string): Error {
  return fail('broker-seam-moved', `${name} is not where aedes 2.0.0-beta.1 and mqtt-packet 9 have it`);
}

function hasBrokerParts(value: object): value is BrokerParts {
  return (
    'publish' in value &&
    typeof value.publish === 'function' &&
    'clients' in value &&
    typeof value.clients === 'object' &&
    'scheduleSessionExpiry' in value &&
    typeof value.scheduleSessionExpiry === 'function' &&
    'scheduleWill' in value &&
    typeof value.scheduleWill === 'function'
  );
}

function hasClientParts(value: object): value is ClientParts {
  return (
    '_parser' in value &&
    typeof value._parser === 'object' &&
    value._parser !== null &&
    'parse' in value._parser &&
    'connackSent' in value &&
    typeof value.connackSent === 'boolean' &&
    'pause' in value &&
    'resume' in value &&
    '_keepaliveTimer' in value &&
    'subscriptions' in value &&
    'duplicates' in value
  );
}

export function brokerParts(aedes: Aedes): BrokerParts {
  const object: object = aedes;
  if (!hasBrokerParts(object))
    throw moved('publish, clients, scheduleSessionExpiry or scheduleWill of the broker');
  return object;
}

export function clientParts(client: Client): ClientParts {
  const object: object = client;
  if (!hasClientParts(object)) {
    const names = '_parser, connackSent, pause, resume, _keepaliveTimer, subscriptions or duplicates';
    throw moved(`${names} of a client`);
  }
  return object;
}

/** Takes back the will that a CONNECT brought; only before the client is connected, when aedes stores it. */
export function dropWill(client: Client): void {
  if (!('_will' in client)) throw moved('_will of a client');
  Reflect.set(client, '_will', undefined);
}

type Listener = (value?: unknown) => void;

function isListener(value: unknown): value is Listener {
  return typeof value === 'function';
}

/**
 * Puts `around` in the place of the one listener that aedes has on this event; `around` gets it bound to its emitter.
 */
export function replaceListener(
  emitter: EventEmitter,
  event: string,
  around: (inner: Listener) => Listener,
): void {
  const found = emitter.listeners(event);
  const inner: unknown = found[0];
  if (found.length !== 1 || !isListener(inner)) throw moved(`the listener of "${event}"`);
  emitter.removeAllListeners(event);
  emitter.on(
    event,
    around((value) => inner.call(emitter, value)),
  );
}

/** The writer that aedes looks up in the shared mqtt-packet module at each packet it sends. */
export function currentWriter(): WriteToStream {
  const writer: unknown = Reflect.get(mqttPacket, 'writeToStream');
  if (!isWriter(writer)) throw moved('writeToStream of mqtt-packet');
  return writer;
}

function isWriter(value: unknown): value is WriteToStream {
  return typeof value === 'function';
}

export function replaceWriter(writer: WriteToStream): void {
  if (!Reflect.set(mqttPacket, 'writeToStream', writer)) throw moved('writeToStream of mqtt-packet');
}

/** What a client holds under one filter. */
export interface HeldSubscription {
  readonly qos: 0 | 1 | 2;
  /** Retain as published. */
  readonly rap?: boolean;
  /** No local. */
  readonly nl?: boolean;
  /** Subscription identifier. */
  readonly si?: number | undefined;
}

export interface SubscriptionWatch {
  readonly onSet: (filter: string, held: HeldSubscription) => void;
  readonly onDelete: (filter: string) => void;
}

function isHeld(value: unknown): value is HeldSubscription {
  return typeof value === 'object' && value !== null && 'qos' in value;
}

/** aedes sets and deletes what a client holds under each filter, and passes its emitter a function that says neither. */
export function watchSubscriptions(client: Client, watch: SubscriptionWatch): void {
  const parts = clientParts(client);
  parts.subscriptions = new Proxy(parts.subscriptions, {
    set: (target, filter, held) => {
      if (typeof filter === 'string' && isHeld(held)) watch.onSet(filter, held);
      return Reflect.set(target, filter, held);
    },
    deleteProperty: (target, filter) => {
      if (typeof filter === 'string') watch.onDelete(filter);
      return Reflect.deleteProperty(target, filter);
    },
  });
}

/** aedes reads `_nextId`, and writes its successor, for each message that it takes from the queue of a session. */
export function replaceMessageIds(client: Client, ids: { peek(): number; takePeeked(): void }): void {
  if (typeof Reflect.get(client, '_nextId') !== 'number') throw moved('_nextId of a client');
  Object.defineProperty(client, '_nextId', { get: () => ids.peek(), set: () => ids.takePeeked() });
}

export type Deliver = (packet: PublishPacket, done: () => void) => void;

/** aedes gives retained messages to `deliverQoS` of the client, whatever their QoS. */
export function replaceDelivery(client: Client, deliver: Deliver): void {
  if (typeof Reflect.get(client, 'deliverQoS') !== 'function') throw moved('deliverQoS of a client');
  Reflect.set(client, 'deliverQoS', deliver);
}

/** aedes destroys a stream right behind what it wrote last. */
export function beforeDestroy(stream: Duplex, run: () => void): void {
  const destroy = stream.destroy.bind(stream);
  stream.destroy = (error?: Error) => {
    if (error === undefined) run();
    return destroy(error);
  };
}
