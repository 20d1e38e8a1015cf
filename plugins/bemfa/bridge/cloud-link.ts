// One account's connection to the cloud: keeps it, subscribes what is needed, hands commands on and tells states. Knows no
// device, and no protocol.
import { createHash } from 'node:crypto';
import { type Clock, messageOf, type Undo } from '../../../src/base/index.ts';
import { CloudApi } from './cloud-api.ts';
import type { Connect, Connection } from './connection.ts';
import { type CloudMessage, Incoming } from './incoming.ts';
import { Liveness } from './liveness.ts';
import { MqttConnection } from './mqtt-connection.ts';
import { Outbox } from './outbox.ts';
import { Subscriptions } from './subscriptions.ts';
import { TcpConnection } from './tcp-connection.ts';

export interface LinkTopic {
  readonly topic: string;
  /** That the speaker is told when the topic is made. */
  readonly name: string;
  /** States on `/up` go to nobody, on `/set` to others who listen. */
  readonly ending: 'up' | 'set';
}

export interface CloudLinkOptions {
  /** `mqtt://bemfa.com:9501`, `mqtts://bemfa.com:9503` or `tcp://bemfa.com:8344` */
  readonly url: string;
  /** Of the HTTP API, where it is not the cloud's own. */
  readonly apiUrl: string | undefined;
  readonly uid: string;
  readonly app?: { readonly id: string; readonly secret: string };
  readonly clock: Clock;
  readonly onCommand: (topic: string, text: string) => void;
  readonly onHealth: (health: LinkHealth) => void;
}

export interface LinkHealth {
  readonly isUp: boolean;
  /** What is wrong; empty when nothing is. */
  readonly words: string;
}

const everyMs = 1000;
const settleMs = 2000;
const pingEveryMs = 30_000;
const pingLosses = 3;
const firstWaitMs = 1000;
const longestWaitMs = 60_000;
/** A connection that held for so long was a good one. */
const goodAfterMs = 60_000;

const viaMqtt: Connect = (options) => new MqttConnection(options);
const viaTcp: Connect = (options) => new TcpConnection(options);

/** Says whose account it is and nothing of the key. */
export function accountMark(uid: string): string {
  return createHash('sha256').update(uid).digest('hex').slice(0, 12);
}

export class CloudLink {
  readonly api: CloudApi;
  readonly #options: CloudLinkOptions;
  readonly #incoming: Incoming;
  readonly #subscriptions = new Subscriptions();
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  readonly #isTcp: boolean;
  readonly #topics = new Map<string, LinkTopic>();
  /** Only for messages that must come back; TCP answers by itself. */
  readonly #pingTopic: LinkTopic;
  #connection: Connection | undefined;
  /** All topics were asked for. */
  #isUp = false;
  #undo: Undo = () => undefined;
  #waitMs = firstWaitMs;
  #upAt: number | undefined;

  constructor(options: CloudLinkOptions) {
    this.#options = options;
    const { clock, apiUrl: url, uid } = options;
    this.#isTcp = options.url.startsWith('tcp:');
    this.#incoming = new Incoming(clock);
    this.api = new CloudApi({ url, uid, clock, type: this.#isTcp ? 3 : 1 });
    this.#pingTopic = { topic: `hr${accountMark(uid)}ping`, name: 'Homerule', ending: 'up' };
    const send = (topic: string, text: string): void => this.#tell(topic, text);
    const has = (topic: string): boolean => this.#subscriptions.has(topic);
    this.#outbox = new Outbox({ clock, everyMs, settleMs, has, send });
    this.#liveness = new Liveness({
      clock,
      everyMs: pingEveryMs,
      losses: pingLosses,
      ping: () => this.#ping(),
      onDead: () => this.#drop('the cloud no longer answers'),
    });
  }

  get counts() {
    return { ...this.#incoming.counts, superseded: this.#outbox.superseded };
  }

  /** Topics that cannot be had, and why. */
  get refusals(): ReadonlyMap<string, string> {
    return this.#subscriptions.refusals;
  }

  start(): void {
    const { url, uid, app, clock } = this.#options;
    const isNow = (): boolean => this.#connection === connection;
    const connection: Connection = (this.#isTcp ? viaTcp : viaMqtt)({
      ...{ url, uid, app, clock, pingTopic: this.#pingTopic.topic },
      onUp: () => void (isNow() && this.#connected(connection)),
      onHeard: () => this.#liveness.alive(),
      onMessage: (message) => void (isNow() && this.#receive(message)),
      onDown: (words) => void (isNow() && this.#drop(words)),
    });
    this.#connection = connection;
  }

  async stop(): Promise<void> {
    const connection = this.#connection;
    const how = this.#upAt === undefined ? 'now' : 'politely';
    this.#rest();
    await connection?.end(how);
  }

  /** Resolves with why the topic cannot be had; while the cloud is away it is asked for later. */
  async hold(topic: LinkTopic): Promise<string | undefined> {
    this.#topics.set(topic.topic, topic);
    if (!this.#isUp) return undefined;
    await this.#obtainAll([topic]);
    return this.refusals.get(topic.topic);
  }

  release(topics: readonly string[]): void {
    for (const topic of topics) {
      this.#topics.delete(topic);
      this.#outbox.forget(topic);
      this.#subscriptions.drop(topic);
    }
    const left = topics.filter((topic) => this.#connection?.unsubscribe(topic) === false);
    if (left.length > 0) this.#again();
  }

  /** Asks once more for what was refused. */
  async retry(): Promise<void> {
    const refused = [...this.#topics.values()].filter(({ topic }) => this.refusals.has(topic));
    if (this.#isUp && refused.length > 0) await this.#obtainAll(refused);
  }

  /** The state of a device, in the text of its kind. */
  report(topic: string, text: string): void {
    this.#outbox.offer(topic, text);
  }

  /** To who else listens, at once. False when the cloud is away. */
  send(topic: string, text: string): boolean {
    if (this.#isUp) this.#connection?.publish(`${topic}/set`, text);
    return this.#isUp;
  }

  async #connected(connection: Connection): Promise<void> {
    this.#upAt = this.#options.clock.monotonic();
    this.#subscriptions.clear();
    await this.#obtainAll(this.#wanted());
    if (this.#connection !== connection) return;
    this.#outbox.open();
    if (this.#isTcp || this.#subscriptions.has(this.#pingTopic.topic)) this.#liveness.start();
  }

  /** Topics that come while others are asked for are at the end of the map, and asked for too. */
  *#wanted(): Generator<LinkTopic> {
    if (!this.#isTcp) yield this.#pingTopic;
    yield* this.#topics.values();
  }

  /** One after the other. The connection may end with it. */
  async #obtainAll(topics: Iterable<LinkTopic>): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    const isNow = (): boolean => this.#connection === connection;
    try {
      for (const topic of topics) if (isNow()) await this.#obtain(connection, topic);
    } catch (error) {
      if (isNow()) this.#drop(messageOf(error));
    }
    if (!isNow()) return;
    this.#isUp = true;
    const words = [...this.refusals.values()].join('; ');
    this.#options.onHealth({ isUp: true, words });
  }

  /** Rejects when the connection ended. */
  async #obtain(connection: Connection, { topic, name }: LinkTopic): Promise<void> {
    const subscribe = async () => this.#subscriptions.answered(topic, await connection.subscribe(topic));
    this.#subscriptions.ask(topic);
    let step = await subscribe();
    if (step === 'create') step = this.#subscriptions.created(topic, await this.api.make(topic, name));
    if (step === 'subscribe') await subscribe();
    if (this.#subscriptions.has(topic)) this.#outbox.renew(topic);
  }

  #receive(message: CloudMessage): void {
    const { topic, text } = message;
    const judgement = this.#incoming.judge(message);
    if (judgement !== 'command' || !this.#topics.has(topic)) return;
    this.#outbox.heard(topic, text);
    this.#options.onCommand(topic, text);
  }

  #ping(): void {
    if (!this.#isTcp) this.#incoming.published(this.#pingTopic.topic, 'ping');
    this.#connection?.ping();
  }

  #tell(topic: string, text: string): void {
    this.#connection?.publish(`${topic}/${this.#topics.get(topic)?.ending ?? 'up'}`, text);
  }

  /** A new connection at once. */
  #again(): void {
    const connection = this.#connection;
    this.#rest();
    void connection?.end('now');
    this.start();
  }

  /** Ends what there is and waits for the next attempt; each wait is twice the last. */
  #drop(words: string): void {
    const { clock, onHealth } = this.#options;
    const wasGood = this.#upAt !== undefined && clock.monotonic() - this.#upAt >= goodAfterMs;
    const connection = this.#connection;
    this.#rest();
    void connection?.end('now');
    if (wasGood) this.#waitMs = firstWaitMs;
    this.#undo = clock.after(this.#waitMs, () => this.start());
    this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
    onHealth({ isUp: false, words });
  }

  #rest(): void {
    this.#connection = undefined;
    this.#isUp = false;
    this.#upAt = undefined;
    this.#undo();
    this.#liveness.stop();
    this.#outbox.close();
  }
}
