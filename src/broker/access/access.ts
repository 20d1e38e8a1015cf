// Who may connect, publish and be sent what: the hooks of the broker ask here. Decides nothing itself.
import type { Client } from 'aedes';
import { type Clock, filterFault } from '../../base/index.ts';
import type { BrokerCounters } from '../counters.ts';
import type { AccessBook } from './access-book.ts';
import { type Answer, Authenticator, type Offer } from './authenticator.ts';
import { Permit } from './permit.ts';
import type { Person } from './permits.ts';
import type { AccessKind } from './rule.ts';
import { isReserved } from './rule-book.ts';

interface OfferedPacket {
  readonly cmd?: string;
  readonly topic: string;
  readonly payload: { readonly length: number };
}

export interface AccessGround {
  readonly counters: BrokerCounters;
  readonly clock: Clock;
  /** Messages with more are refused. */
  readonly payloadBytes: number;
}

/** Sessions whose last owner is remembered, so that what they may not read is not queued for them. */
const mostOwners = 20_000;

export class Access {
  readonly #book: AccessBook;
  readonly #counters: BrokerCounters;
  readonly #payloadBytes: number;
  readonly #authenticator: Authenticator;
  readonly #permits = new WeakMap<Client, Permit>();
  readonly #owners = new Map<string, Permit>();
  readonly #refused = new WeakSet<object>();

  constructor(book: AccessBook, { counters, clock, payloadBytes }: AccessGround) {
    this.#book = book;
    this.#counters = counters;
    this.#payloadBytes = payloadBytes;
    this.#authenticator = new Authenticator(book, counters, clock);
  }

  /** Whether a connection may be opened from this address at all; who it is is seen at its CONNECT. */
  mayEnter(isLocal: boolean): boolean {
    return isLocal || this.#book.hasUsers;
  }

  authenticate(client: Client, offer: Offer, done: (answer: Answer) => void): void {
    this.#authenticator.authenticate(offer, (answer) => {
      if ('identity' in answer) this.#admit(client, new Permit(answer.identity, this.#book.rules));
      done(answer);
    });
  }

  /** The password of somebody who comes another way than by MQTT. */
  verify(login: {
    readonly name: string;
    readonly password: string;
    readonly address: string;
  }): Promise<'right' | 'wrong' | 'paused' | 'busy'> {
    const { name: user, address } = login;
    const password = Buffer.from(login.password);
    const offer = { client: '', certifiedName: undefined, isLocal: false, user, password, address };
    return new Promise((resolve) => {
      this.#authenticator.authenticate(offer, (answer) => {
        if ('identity' in answer) resolve('right');
        else resolve(answer.refusal === 'not-authorized' ? 'wrong' : answer.refusal);
      });
    });
  }

  userOf(client: Client): string | undefined {
    return this.#permits.get(client)?.identity.user;
  }

  /** Users were changed: they may try their passwords again, and who is no user any more may do nothing at all. */
  changed(users: ReadonlySet<string>): void {
    for (const user of users) this.#authenticator.forget(user);
    for (const permit of this.#owners.values()) {
      const { user } = permit.identity;
      if (user === undefined || !users.has(user)) continue;
      if (this.#book.users.find(user)?.isEnabled !== true) permit.close();
    }
  }

  /**
   * MQTT 3 cannot say no to one publish but by closing the connection, so like mosquitto we acknowledge it and drop it:
   * see `takeRefused`. MQTT 5 clients get 0x87, and a will is just not published.
   */
  authorizePublish(client: Client | null, packet: OfferedPacket): Error | null {
    if (client === null) return null;
    const why = this.#whyNot(client, packet);
    if (why === undefined) return null;
    this.#counters.deniedPublishes++;
    if (client.version !== 5 && packet.cmd === 'publish') {
      this.#refused.add(packet);
      return null;
    }
    return new Error(`"${packet.topic.slice(0, 80)}" ${why}`);
  }

  /** Whether this packet was refused silently; forgets it. */
  takeRefused(packet: object): boolean {
    return this.#refused.delete(packet);
  }

  /** Asked once, at the CONNECT; whether it may still be published is asked again when it is. */
  mayLeaveWill(client: Client, topic: string): boolean {
    const isAllowed = this.mayPublish(client, topic);
    if (!isAllowed) this.#counters.deniedPublishes++;
    return isAllowed;
  }

  mayPublish(client: Client, topic: string): boolean {
    return this.#permits.get(client)?.may('write', topic) ?? false;
  }

  /**
   * Like mosquitto, anything valid may be subscribed to and each message is looked at when it is delivered: so a grant
   * or a revocation holds for the subscriptions there are.
   */
  maySubscribe(filter: string): boolean {
    return filterFault(filter) === undefined;
  }

  /** hot: once per delivery, live, retained or queued; guarded by the broker benchmark. */
  mayReceive(client: Client, topic: string): boolean {
    if (this.#permits.get(client)?.may('read', topic) === true) return true;
    this.#counters.deniedDeliveries++;
    return false;
  }

  /** As it is noted in rows: empty for an anonymous client. */
  personOf(client: Client): Person {
    return { user: this.userOf(client) ?? '', client: client.id };
  }

  /** For a session that may be without a client; nobody knows whose it is when an older house kept it. */
  mayQueue(client: string, topic: string, user: string | null): boolean {
    const owner = this.#owners.get(client);
    if (owner !== undefined) return owner.may('read', topic);
    return user === null || this.#mayPerson({ user, client }, 'read', topic);
  }

  /** Whether the will of this person, who is gone, may be published. */
  mayPublishLater(person: Person, topic: string): boolean {
    return this.#mayPerson(person, 'write', topic);
  }

  /** Whether what this person once published is still to be had. */
  mayStayRetained(person: Person, topic: string): boolean {
    return !this.#book.checksRetainSource || this.#mayPerson(person, 'write', topic);
  }

  /** A session ended with its connection. */
  forgetSession(client: Client): void {
    if (this.#owners.get(client.id) === this.#permits.get(client)) this.#owners.delete(client.id);
  }

  #mayPerson(person: Person, kind: AccessKind, topic: string): boolean {
    return this.#book.permits.find(person)?.may(kind, topic) ?? false;
  }

  #whyNot(client: Client, { topic, payload }: OfferedPacket): string | undefined {
    if (payload.length > this.#payloadBytes) return `has more than ${this.#payloadBytes} bytes of payload`;
    if (this.mayPublish(client, topic)) return undefined;
    return isReserved(topic) ? 'is reserved' : 'may not be published by this client';
  }

  #admit(client: Client, permit: Permit): void {
    this.#permits.set(client, permit);
    const { client: id } = permit.identity;
    this.#owners.delete(id);
    const [oldest] = this.#owners.keys();
    if (this.#owners.size >= mostOwners && oldest !== undefined) this.#owners.delete(oldest);
    this.#owners.set(id, permit);
  }
}
