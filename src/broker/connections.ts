// All open connections, who is behind them, and what happens to them.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { Clock } from '../base/index.ts';
import type { ClientEvents } from './client-events.ts';
import { type ClientView, clientViewOf } from './client-view.ts';
import type { Connection } from './connection.ts';
import type { ClientEvent, Ending } from './ports.ts';

/** What happened to a client, but for who it is and when. */
type Happening = DistributiveOmit<
  Exclude<ClientEvent, { kind: 'refused' }>,
  'client' | 'at' | 'address' | 'listener' | 'protocol'
>;
type DistributiveOmit<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

const protocols: Readonly<Record<number, '3.1' | '3.1.1' | '5.0'>> = { 3: '3.1', 4: '3.1.1', 5: '5.0' };

export interface ConnectionsOptions {
  readonly clock: Clock;
  /** The name that it came in with; undefined for an anonymous client. */
  readonly userOf: (client: Client) => string | undefined;
  readonly events: ClientEvents;
}

export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #byStream = new Map<Duplex, Connection>();
  /** Outlives the stream: aedes speaks of a client a little longer. */
  readonly #byClient = new WeakMap<object, Connection>();
  readonly #registered = new Set<Client>();
  readonly #byId = new Map<string, Client>();

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  get registered(): ReadonlySet<Client> {
    return this.#registered;
  }

  /** Who is connected under this id. */
  find(id: string): Client | undefined {
    return this.#byId.get(id);
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

  /** As it is noted in rows: empty for an anonymous client. */
  userOf(client: object): string {
    const known = this.#byClient.get(client)?.client;
    return known === undefined ? '' : (this.#options.userOf(known) ?? '');
  }

  /** Seconds, as this client asked; 0 for none and for what is no client of a connection. */
  keepaliveOf(client: object): number {
    return this.#byClient.get(client)?.keepalive ?? 0;
  }

  ofStream(stream: Duplex): Connection | undefined {
    return this.#byStream.get(stream);
  }

  /** Streams that are open still. */
  streams(): Duplex[] {
    return [...this.#byStream.keys()];
  }

  endAllBy(reason: Ending): void {
    for (const connection of this.#byStream.values()) connection.endsBy(reason);
  }

  /** Acknowledgements that wait for a commit. */
  parkedAcks(): number {
    let count = 0;
    for (const connection of this.#byStream.values()) count += connection.acks.size;
    return count;
  }

  register(client: Client): void {
    this.#registered.add(client);
    this.#byId.set(client.id, client);
    this.tell(client, { kind: 'connected' });
  }

  unregister(client: Client): void {
    const connection = this.of(client);
    connection?.close();
    if (!this.#registered.delete(client)) return;
    if (this.#byId.get(client.id) === client) this.#byId.delete(client.id);
    this.tell(client, { kind: 'disconnected', reason: connection?.ending ?? 'lost' });
  }

  views(): ClientView[] {
    return [...this.#registered].flatMap((client) => {
      const connection = this.of(client);
      return connection === undefined ? [] : [clientViewOf(client, connection, this.#options.userOf(client))];
    });
  }

  tell(client: Client, happening: Happening): void {
    const { clock, userOf, events } = this.#options;
    if (!events.isHeard) return;
    const { address = '', transport = 'tcp' } = this.of(client) ?? {};
    const user = userOf(client);
    events.tell({
      ...(user !== undefined && { user }),
      ...happening,
      client: client.id,
      address,
      listener: transport,
      protocol: protocols[client.version] ?? '3.1.1',
      at: clock.now(),
    });
  }
}
