// The MQTT broker of the house, the only face that other rooms see. Holds no protocol knowledge of its own.
import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type BatchNumber, messageOf, type Part, parseTopic, topicFault, type Undo } from '../base/index.ts';
import { AccessBook, type AccessQuestion } from './access/access-book.ts';
import { ClientEvents, type ClientListener } from './client-events.ts';
import type { AbsentSession, ClientView } from './client-view.ts';
import type { BrokerFigures } from './counters.ts';
import { fail } from './errors.ts';
import { type HouseListener, HouseListeners } from './house-listeners.ts';
import { Interior } from './interior.ts';
import type { BrokerAddresses } from './listeners/doors.ts';
import type { BrokerOptions } from './options.ts';
import { fromClientPacket, toPacket } from './packet.ts';
import type { Accept, Message } from './ports.ts';
import { traitsOf } from './profile.ts';

/** How much of the two seconds for stopping each step may take. */
const announceMs = 400;
const farewellMs = 1000;
const hangUpMs = 400;
const administrativeAction = 0x98;

export class Broker implements Part {
  /** Users and rules of access; what changes here holds at once. */
  readonly access: AccessBook;
  readonly #options: BrokerOptions;
  readonly #listeners: HouseListeners;
  readonly #events: ClientEvents;
  #interior: Interior | undefined;

  constructor(options: BrokerOptions) {
    this.#listeners = new HouseListeners(options.log);
    this.#events = new ClientEvents(options.clock, (error) =>
      options.log.error({ error: messageOf(error) }, 'a listener of client events threw'),
    );
    this.#options = {
      ...options,
      accept: (message) => this.#accept(message, options.accept),
    };
    const areNamesCertified = options.tls?.useIdentityAsUsername === true;
    this.access = new AccessBook({ ...options.access, areNamesCertified }, options.log);
  }

  /** Loads the retained messages, announces `homerule/status`, then opens the listeners. */
  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.access.load();
    const interior = await Interior.create(this.#options, this.access, this.#events);
    try {
      interior.retained.load(await this.#options.loadRetained());
      await interior.sessions.load();
      signal.throwIfAborted();
      this.#announce(interior, 'online');
      interior.system.start();
      await interior.doors.open();
    } catch (error) {
      await this.#dismantle(interior);
      throw error;
    }
    this.#interior = interior;
  }

  /** Wills of connected clients are published, and so accepted, on the way. */
  async stop(): Promise<void> {
    const interior = this.#interior;
    if (interior === undefined) return;
    interior.connections.endAllBy('stopped');
    interior.doors.close();
    await this.#atMost(announceMs, (done) => this.#announce(interior, 'offline', done));
    await this.#dismantle(interior);
    this.#interior = undefined;
  }

  /** Looks at the certificate, the password file and the ACL file anew. What is wrong is logged; the old stays in force. */
  async reload(): Promise<void> {
    await this.#interior?.doors.reload();
    try {
      await this.access.reload();
    } catch (error) {
      this.#options.log.error(
        { error: messageOf(error) },
        'the access files cannot be used; the old rules stay',
      );
    }
  }

  addresses(): BrokerAddresses {
    return this.#running().doors.addresses;
  }

  /**
   * Takes over an upgrade of another HTTP server for path `/mqtt`. The caller must have asked the gate (`refusalOf`)
   * before, but for `not-loopback`; path and subprotocol are checked here and refused with 404 or 400.
   */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#running().doors.upgrade(request, socket, head);
  }

  /**
   * A message of our own: passes the accept seam once, then goes to subscribers. Returns the batch whose commit keeps
   * it, undefined when none does. Throws `bad-topic`.
   */
  publish(message: Message): BatchNumber | undefined {
    parseTopic(message.topic);
    return this.#running().seam.publish(message, toPacket(message));
  }

  /** To subscribers (and the retained messages) only, past the seam. What cannot be routed is counted and dropped. */
  release(message: Message): void {
    const interior = this.#interior;
    if (interior === undefined) {
      const { topic, by } = message;
      this.#options.log.warn({ topic, by }, 'release dropped: the broker is not running');
      return;
    }
    const fault = topicFault(message.topic);
    if (fault === undefined) {
      this.#listeners.tell(message);
      interior.seam.route(toPacket(message));
    } else {
      interior.counters.releasesDropped++;
      this.#options.log.warn({ topic: message.topic.slice(0, 80), by: message.by, fault }, 'release dropped');
    }
  }

  /**
   * Hears every message that is accepted or released from now until undone; may be called before the start. What the
   * broker says of itself (`$SYS/broker/...`, `homerule/status`) is not heard.
   */
  listen(filters: readonly string[], listener: HouseListener): Undo {
    return this.#listeners.add(filters, listener);
  }

  /** The retained messages under a filter; whose they were is not known. */
  *retained(filter: string): Generator<Message> {
    for (const packet of this.#running().retained.matching([filter])) yield fromClientPacket(packet, '');
  }

  /** Whether a client of this id and user may. Cheap enough to ask for every message. */
  mayUse({ user, client, topic, kind }: AccessQuestion): boolean {
    return this.access.permits.find({ user: user ?? '', client })?.may(kind, topic) ?? false;
  }

  /** Whether a user of the house or of the password file has this password; never faster for one than for another. */
  verify(login: { readonly name: string; readonly password: string; readonly address: string }) {
    return this.#running().access.verify(login);
  }

  clients(): ClientView[] {
    return this.#running().connections.views();
  }

  /** Kept sessions whose clients are away. */
  absentSessions(): AbsentSession[] {
    return this.#running().absentSessions();
  }

  /** Ends a client's connection; false when there is none of that id. */
  disconnect(id: string): boolean {
    const { connections } = this.#running();
    for (const client of connections.registered) {
      if (client.id !== id) continue;
      connections.of(client)?.endsBy('ended');
      client.disconnect({ reasonCode: administrativeAction });
      return true;
    }
    return false;
  }

  /** Ends the session of a client that is away; false when there is none. */
  forgetSession(id: string): boolean {
    return this.#running().forgetSession(id);
  }

  /** What clients do, in order, from now until undone; may be called before the start. */
  onEvent(listener: ClientListener): Undo {
    return this.#events.listen(listener);
  }

  counters(): BrokerFigures {
    return this.#running().figures();
  }

  /** Whether a subscriber, here or in the house, would get a message of this topic now. */
  isHeard(topic: string): boolean {
    return this.#listeners.areThere(topic) || (this.#interior?.hasSubscribers(topic) ?? false);
  }

  isRetained(topic: string): boolean {
    return this.#interior?.retained.has(topic) ?? false;
  }

  /** Forgets a retained message without telling subscribers; false when there was none. */
  clearRetained(topic: string): boolean {
    return this.#running().retained.delete(topic);
  }

  #accept(message: Message, accept: Accept): BatchNumber | undefined {
    const kept = this.#listeners.tell(message);
    return kept === undefined ? accept(message) : Math.max(kept, accept(message) ?? kept);
  }

  #running(): Interior {
    if (this.#interior === undefined) throw fail('broker-stopped', 'the broker is not running');
    return this.#interior;
  }

  #announce(interior: Interior, status: 'online' | 'offline', done: () => void = () => undefined): void {
    if (!traitsOf(this.#options.profile).isAnnounced) {
      done();
      return;
    }
    const payload = Buffer.from(status);
    interior.seam.route(
      { cmd: 'publish', topic: 'homerule/status', payload, qos: 0, retain: true, dup: false },
      done,
    );
  }

  /** MQTT 5 clients are told 0x8B (server shutting down); whatever is still open then is cut. */
  async #dismantle(interior: Interior): Promise<void> {
    interior.doors.close();
    interior.system.stop();
    await this.#atMost(farewellMs, (done) => interior.aedes.close(done));
    await this.#atMost(hangUpMs, (done) => interior.hangUp(done));
    interior.release();
  }

  #atMost(ms: number, run: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const undo = this.#options.clock.after(ms, resolve);
      run(() => {
        undo();
        resolve();
      });
    });
  }
}
