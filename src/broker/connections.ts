// All open connections, who is behind them, and what happens to them.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Clock, Timestamp, Undo } from '../base/index.ts';
import type { Connection } from './connection.ts';
import type { ClientEvent } from './ports.ts';
import { toWire } from './routing/shared-filter.ts';
import { clientParts } from './seams.ts';

export interface SubscriptionView {
  readonly filter: string;
  readonly qos: 0 | 1 | 2;
}

export interface ClientView {
  readonly id: string;
  /** 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0. */
  readonly protocolVersion: number;
  readonly address: string;
  readonly connectedAt: Timestamp;
  /** Seconds; 0 is none. */
  readonly keepalive: number;
  /** Whether the session ends with the connection. */
  readonly clean: boolean;
  readonly subscriptions: readonly SubscriptionView[];
}

export type ClientListener = (event: ClientEvent) => void;

export class Connections {
  readonly #clock: Clock;
  readonly #onListenerError: (error: unknown) => void;
  readonly #byStream = new Map<Duplex, Connection>();
  /** Outlives the stream: aedes speaks of a client a little longer. */
  readonly #byClient = new WeakMap<object, Connection>();
  readonly #registered = new Set<Client>();
  readonly #listeners = new Set<ClientListener>();

  constructor(clock: Clock, onListenerError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onListenerError = onListenerError;
  }

  get registered(): ReadonlySet<Client> {
    return this.#registered;
  }

  get size(): number {
    return this.#byStream.size;
  }

  add(connection: Connection): void {
    this.#byStream.set(connection.stream, connection);
    connection.stream.once('close', () => {
      this.#byStream.delete(connection.stream);
      connection.close();
    });
  }

  bind(client: Client, connection: Connection): void {
    connection.client = client;
    this.#byClient.set(client, connection);
  }

  of(client: Client): Connection | undefined {
    return this.#byClient.get(client);
  }

  /** Seconds, as this client asked; 0 for none and for what is no client of a connection. */
  keepaliveOf(client: object): number {
    return this.#byClient.get(client)?.keepalive ?? 0;
  }

  find(stream: Duplex): Connection | undefined {
    return this.#byStream.get(stream);
  }

  /** Streams that are open still. */
  streams(): Duplex[] {
    return [...this.#byStream.keys()];
  }

  /** Acknowledgements that wait for a commit. */
  parkedAcks(): number {
    let count = 0;
    for (const connection of this.#byStream.values()) count += connection.acks.size;
    return count;
  }

  register(client: Client): void {
    this.#registered.add(client);
    this.#tell('connected', client);
  }

  unregister(client: Client): void {
    this.of(client)?.close();
    if (this.#registered.delete(client)) this.#tell('disconnected', client);
  }

  views(): ClientView[] {
    return [...this.#registered].map((client) => this.#viewOf(client));
  }

  onEvent(listener: ClientListener): Undo {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: ClientEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  #tell(kind: 'connected' | 'disconnected', client: Client): void {
    const address = this.of(client)?.address ?? '';
    this.emit({ kind, client: client.id, at: this.#clock.now(), address });
  }

  #viewOf(client: Client): ClientView {
    const connection = this.of(client);
    const subscriptions = Object.entries(clientParts(client).subscriptions);
    return {
      id: client.id,
      protocolVersion: client.version,
      address: connection?.address ?? '',
      connectedAt: connection?.openedAt ?? 0,
      keepalive: connection?.keepalive ?? 0,
      clean: client.clean,
      subscriptions: subscriptions.map(([filter, subscription]) => ({
        filter: toWire(filter),
        qos: subscription?.qos ?? 0,
      })),
    };
  }
}
