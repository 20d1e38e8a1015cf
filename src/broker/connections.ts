// All open connections, who is behind them, and what happens to them.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Clock, Undo } from '../base/index.ts';
import { type ClientView, clientViewOf } from './client-view.ts';
import type { Connection } from './connection.ts';
import type { ClientEvent } from './ports.ts';

export type ClientListener = (event: ClientEvent) => void;

/** What happened to a client, but for who it is and when. */
type Happening = DistributiveOmit<
  Exclude<ClientEvent, { kind: 'refused' }>,
  'client' | 'user' | 'at' | 'address'
>;
type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

export interface ConnectionsOptions {
  readonly clock: Clock;
  /** The name that it came in with; undefined for an anonymous client. */
  readonly userOf: (client: Client) => string | undefined;
  readonly onListenerError: (error: unknown) => void;
}

export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #byStream = new Map<Duplex, Connection>();
  /** Outlives the stream: aedes speaks of a client a little longer. */
  readonly #byClient = new WeakMap<object, Connection>();
  readonly #registered = new Set<Client>();
  readonly #listeners = new Set<ClientListener>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
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
    this.tell(client, { kind: 'connected' });
  }

  unregister(client: Client): void {
    this.of(client)?.close();
    if (this.#registered.delete(client)) this.tell(client, { kind: 'disconnected' });
  }

  views(): ClientView[] {
    return [...this.#registered].flatMap((client) => {
      const connection = this.of(client);
      return connection === undefined ? [] : [clientViewOf(client, connection, this.#options.userOf(client))];
    });
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
        this.#options.onListenerError(error);
      }
    }
  }

  tell(client: Client, happening: Happening): void {
    const { clock, userOf } = this.#options;
    const user = userOf(client);
    const address = this.of(client)?.address ?? '';
    this.emit({
      ...happening,
      client: client.id,
      ...(user !== undefined && { user }),
      address,
      at: clock.now(),
    });
  }
}
