// Last wills: on disk from the connection on, published by us when they are delayed or were left by a crash.
// Those that are due at once aedes publishes; see `published`.
import { type Logger, messageOf } from '../../base/index.ts';
import type { Person } from '../access/permits.ts';
import type { PacketProperties, PublishPacket } from '../packet.ts';
import type { Deadlines } from './deadlines.ts';
import { packetOfRow } from './message-row.ts';
import { propertiesToJson } from './properties-json.ts';
import type { SessionRows } from './session-rows.ts';
import type { WillRow } from './tables.ts';

/** As aedes hands it over, and with what it wants to find again. */
export interface WillPacket {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly properties?: PacketProperties;
  clientId?: string;
  brokerId?: string;
}

/** The client that left the will; aedes' own object, or its id alone. */
export interface WillClient {
  readonly id: string;
  readonly closed?: boolean;
  readonly sessionExpiryInterval?: number;
}

interface Will {
  readonly packet: WillPacket;
  readonly owner: WillClient;
  readonly holdMs: number;
  /** Whose it is; null when an older house kept it. */
  readonly user: string | null;
  /** Waits for its time without a connection: because its client asked for a delay, or because the house fell. */
  waits: 'no' | 'delayed' | 'held';
}

/** Who left a will that is to be published later. */
export interface Delay {
  readonly client: WillClient;
  readonly seconds: number;
}

export interface WillsOptions {
  readonly rows: SessionRows;
  readonly deadlines: Deadlines;
  readonly log: Logger;
  /** In seconds, as the client asked. */
  readonly keepaliveOf: (client: WillClient) => number;
  readonly userOf: (client: WillClient) => string;
  /** Asked once more when its time has come. */
  readonly mayPublishLater: (person: Person, topic: string) => boolean;
  readonly publish: (packet: PublishPacket) => void;
  /** A row of this client was put or deleted. */
  readonly onChanged: (client: string) => void;
}

/** A client that comes back within this time after a crash has not died. */
const shortestHoldMs = 60_000;
const deadlineOf = (client: string): string => `will ${client}`;

export class Wills {
  readonly #options: WillsOptions;
  readonly #wills = new Map<string, Will>();
  readonly #authors = new WeakMap<object, Person>();

  constructor(options: WillsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#wills.size;
  }

  values(): Iterable<WillPacket> {
    return [...this.#wills.values()].map(({ packet }) => packet);
  }

  /** Whose will this packet was, which is published later. */
  authorOf(packet: object): Person | undefined {
    return this.#authors.get(packet);
  }

  find(client: string): WillPacket | undefined {
    return this.#wills.get(client)?.packet;
  }

  put(client: WillClient, packet: WillPacket, brokerId: string): void {
    packet.clientId = client.id;
    packet.brokerId = brokerId;
    const delay = Math.min(packet.properties?.willDelayInterval ?? 0, client.sessionExpiryInterval ?? 0);
    const holdMs = Math.max(1500 * this.#options.keepaliveOf(client), shortestHoldMs, delay * 1000);
    this.#options.deadlines.clear(deadlineOf(client.id));
    const user = this.#options.userOf(client);
    this.#wills.set(client.id, { packet, owner: client, holdMs, user, waits: 'no' });
    this.#keep(client.id, null);
  }

  /** At the connection of a client, and at the end of one: then the will of a later connection stays. */
  delete(client: WillClient): WillPacket | undefined {
    const will = this.#wills.get(client.id);
    if (will === undefined) return undefined;
    if (will.owner !== client && will.owner.closed === false) return undefined;
    this.#forget(client.id);
    return will.packet;
  }

  /** The will passed the accept seam: in the same batch it stops being one. */
  published(client: string, packet: object): void {
    if (this.#wills.size > 0 && this.#wills.get(client)?.packet === packet) this.#forget(client);
  }

  /** Its client is gone and wants it published later. */
  delay(packet: object, { client, seconds }: Delay): void {
    const will = this.#wills.get(client.id);
    if (will === undefined || will.packet !== packet) return;
    will.waits = 'delayed';
    const { deadlines } = this.#options;
    deadlines.in(deadlineOf(client.id), seconds * 1000, () => this.#fire(client.id));
    this.#keep(client.id, deadlines.timeIn(seconds * 1000));
  }

  /** Its client is back: what was held or delayed is dropped, but for a delayed one whose session did not go on. */
  returned(client: WillClient, isResumed: boolean): void {
    const will = this.#wills.get(client.id);
    if (will === undefined || will.owner === client || will.waits === 'no') return;
    if (will.waits === 'delayed' && !isResumed) this.#fire(client.id);
    else this.#forget(client.id);
  }

  /** The session ends before the delay does [MQTT-3.1.3-9]. */
  sessionEnded(client: string): void {
    if (this.#wills.get(client)?.waits === 'delayed') this.#fire(client);
  }

  /** What an earlier process left: what has a time keeps it, the others wait for their clients. */
  async load(): Promise<void> {
    for (const row of await this.#options.rows.tables.wills.all()) this.#restore(row);
  }

  #restore(row: WillRow): void {
    const { deadlines, log, rows } = this.#options;
    const { client, holdMs } = row;
    try {
      const will: Will = {
        packet: packetOfRow(row),
        owner: { id: client },
        holdMs,
        user: row.user,
        waits: row.dueAt === null ? 'held' : 'delayed',
      };
      this.#wills.set(client, will);
    } catch (error) {
      log.warn({ client, error: messageOf(error) }, 'will skipped');
      rows.tables.wills.delete(client);
      return;
    }
    if (row.dueAt !== null) {
      deadlines.at(deadlineOf(client), row.dueAt, () => this.#fire(client));
      return;
    }
    deadlines.in(deadlineOf(client), holdMs, () => this.#fire(client));
  }

  #fire(client: string): void {
    const will = this.#wills.get(client);
    if (will === undefined) return;
    this.#forget(client);
    const { user } = will;
    const { topic, payload, qos, retain, properties } = will.packet;
    if (user !== null && !this.#options.mayPublishLater({ user, client }, topic)) return;
    const packet: PublishPacket = { cmd: 'publish', topic, payload, qos, retain, dup: false };
    if (properties !== undefined) packet.properties = properties;
    if (user !== null) this.#authors.set(packet, { user, client });
    this.#options.publish(packet);
  }

  #forget(client: string): void {
    this.#wills.delete(client);
    this.#options.deadlines.clear(deadlineOf(client));
    this.#options.rows.tables.wills.delete(client);
    this.#options.onChanged(client);
  }

  #keep(client: string, dueAt: number | null): void {
    const will = this.#wills.get(client);
    if (will === undefined) return;
    const { topic, payload, qos, retain, properties } = will.packet;
    this.#options.rows.tables.wills.put({
      client,
      topic,
      payload,
      qos,
      retain,
      properties: propertiesToJson(properties),
      holdMs: will.holdMs,
      dueAt,
      user: will.user,
    });
    this.#options.onChanged(client);
  }
}
