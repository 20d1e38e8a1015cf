// One account's connection to the cloud: keeps it, subscribes what is needed, hands commands on and tells states. Never
// more than QoS 1, for which the cloud shuts accounts. Knows no device.
import { createHash } from 'node:crypto';
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { type Clock, messageOf, type Undo } from '../../../src/base/index.ts';
import { Incoming } from './incoming.ts';
import { Liveness } from './liveness.ts';
import { Outbox } from './outbox.ts';
import { Subscriptions } from './subscriptions.ts';
import { TopicMaker } from './topic-maker.ts';

export interface LinkTopic {
  readonly topic: string;
  /** That the speaker is told when the topic is made. */
  readonly name: string;
}

export interface CloudLinkOptions {
  /** `mqtt://bemfa.com:9501` or `mqtts://bemfa.com:9503` */
  readonly url: string;
  /** `https://pro.bemfa.com` */
  readonly apiUrl: string;
  readonly uid: string;
  /** For the second way to log in; the client id is any then. */
  readonly app?: { readonly id: string; readonly secret: string };
  readonly topics: readonly LinkTopic[];
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
const qos = 1;

export class CloudLink {
  readonly #options: CloudLinkOptions;
  readonly #incoming: Incoming;
  readonly #subscriptions = new Subscriptions();
  readonly #outbox: Outbox;
  readonly #liveness: Liveness;
  readonly #maker: TopicMaker;
  /** Only for messages that must come back. */
  readonly #pingTopic: LinkTopic;
  #client: MqttClient | undefined;
  #undo: Undo = () => undefined;
  #waitMs = firstWaitMs;
  #upAt: number | undefined;
  #lastError = '';

  constructor(options: CloudLinkOptions) {
    this.#options = options;
    const { clock, apiUrl: url, uid } = options;
    this.#incoming = new Incoming(clock);
    this.#maker = new TopicMaker({ url, uid, clock });
    const hash = createHash('sha256').update(uid).digest('hex').slice(0, 12);
    this.#pingTopic = { topic: `hr${hash}ping`, name: 'Homerule' };
    this.#outbox = new Outbox({
      clock,
      everyMs,
      settleMs,
      send: (topic, text) => this.#publish(`${topic}/up`, text),
    });
    this.#liveness = new Liveness({
      clock,
      everyMs: pingEveryMs,
      losses: pingLosses,
      ping: () => this.#publish(this.#pingTopic.topic, 'ping'),
      onDead: () => this.#drop('the cloud no longer answers'),
    });
  }

  get counts() {
    return { ...this.#incoming.counts, superseded: this.#outbox.superseded };
  }

  start(): void {
    const { url, uid, app } = this.#options;
    const login: IClientOptions =
      app === undefined
        ? { clientId: uid }
        : { clientId: `homerule${this.#pingTopic.topic}`, username: app.id, password: app.secret };
    const client = connect(url, {
      ...login,
      protocolVersion: 4,
      clean: true,
      keepalive: 60,
      connectTimeout: 15_000,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
    });
    this.#client = client;
    client.on('error', (error) => {
      this.#lastError = messageOf(error);
    });
    client.on('connect', () => void this.#connected(client));
    client.on('message', (topic, payload, packet) => this.#receive(topic, payload.toString(), packet));
    client.on('close', () => {
      if (this.#client === client) this.#drop(this.#lastError || 'the cloud ended the connection');
    });
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#rest();
    await client?.endAsync();
  }

  /** The state of a device, in the text of its kind. */
  report(topic: string, text: string): void {
    this.#outbox.offer(topic, text);
  }

  async #connected(client: MqttClient): Promise<void> {
    const { topics, clock, onHealth } = this.#options;
    const all = [...topics, this.#pingTopic];
    this.#upAt = clock.monotonic();
    this.#lastError = '';
    this.#subscriptions.begin(all.map(({ topic }) => topic));
    try {
      for (const entry of all) await this.#obtain(client, entry);
    } catch (error) {
      return this.#client === client ? this.#drop(messageOf(error)) : undefined;
    }
    if (this.#client !== client) return undefined;
    this.#outbox.open();
    if (this.#subscriptions.has(this.#pingTopic.topic)) this.#liveness.start();
    return onHealth({ isUp: true, words: [...this.#subscriptions.refusals.values()].join('; ') });
  }

  /** Rejects when the connection ended. */
  async #obtain(client: MqttClient, { topic, name }: LinkTopic): Promise<void> {
    const subscribe = async () => this.#subscriptions.answered(topic, await this.#subscribe(client, topic));
    let step = await subscribe();
    if (step === 'create') step = this.#subscriptions.created(topic, await this.#maker.make(topic, name));
    if (step === 'subscribe') await subscribe();
  }

  /** The code of the SUBACK. */
  async #subscribe(client: MqttClient, topic: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    client.subscribe(topic, { qos }, (error, _granted, packet) => {
      const [code] = packet?.granted ?? [];
      if (typeof code === 'number') resolve(code);
      else reject(error ?? new Error('no answer to a subscription'));
    });
    return promise;
  }

  #receive(topic: string, text: string, { retain }: IPublishPacket): void {
    this.#liveness.alive();
    const judgement = this.#incoming.judge({ topic, text, isRetained: retain });
    if (judgement !== 'command' || topic === this.#pingTopic.topic) return;
    this.#outbox.heard(topic, text);
    this.#options.onCommand(topic, text);
  }

  #publish(topic: string, text: string): void {
    if (topic === this.#pingTopic.topic) this.#incoming.published(topic, text);
    // What is lost with the connection is told again with the next one.
    this.#client?.publish(topic, text, { qos, retain: false }, (error) => {
      if (error) this.#lastError = messageOf(error);
    });
  }

  /** Ends what there is and waits for the next attempt; each wait is twice the last. */
  #drop(words: string): void {
    const { clock, onHealth } = this.#options;
    const wasGood = this.#upAt !== undefined && clock.monotonic() - this.#upAt >= goodAfterMs;
    this.#client?.end(true);
    this.#rest();
    if (wasGood) this.#waitMs = firstWaitMs;
    this.#undo = clock.after(this.#waitMs, () => this.start());
    this.#waitMs = Math.min(longestWaitMs, this.#waitMs * 2);
    onHealth({ isUp: false, words });
  }

  #rest(): void {
    this.#client = undefined;
    this.#upAt = undefined;
    this.#undo();
    this.#liveness.stop();
    this.#outbox.close();
  }
}
