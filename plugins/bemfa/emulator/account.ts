// One user of the emulated cloud: his topics, and what publishing to them means. Knows no transport.
import type { Buffer } from 'node:buffer';
import { bemfaTopicFault, type Clock, parseBemfaAddress } from '../../../src/base/index.ts';
import type { Conduct } from './conduct.ts';
import { fail } from './errors.ts';
import { Pace } from './pace.ts';
import { CloudTopic, type Hearer, type TopicType } from './topic.ts';

/** Who publishes: a device, a program at the HTTP API, or the speaker. */
export type Source = 'mqtt' | 'tcp' | 'http' | 'voice';

export interface Publication {
  readonly type: TopicType;
  /** With or without `/set`, `/up`. */
  readonly address: string;
  readonly payload: Buffer;
  readonly source: Source;
  /** Who does not get a `/set` back. */
  readonly from?: Hearer;
  readonly qos?: 0 | 1;
  readonly isRetained?: boolean;
}

export type PublishOutcome = 'kept' | 'missing' | 'too-long' | 'too-fast';

/** For whoever watches the emulator. */
export interface PublishNotice {
  readonly uid: string;
  readonly publication: Publication;
  readonly outcome: PublishOutcome;
  /** Connections that it was sent to. */
  readonly hearers: number;
}

export interface Credentials {
  /** The private key, 私钥. */
  readonly uid: string;
  readonly appId: string;
  readonly appSecret: string;
}

export interface AccountOptions {
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly conduct: Conduct;
  readonly onPublish: (notice: PublishNotice) => void;
  /** After topics or messages changed. */
  readonly onChange: () => void;
}

export class Account {
  readonly credentials: Credentials;
  readonly #options: AccountOptions;
  readonly #topics = new Map<string, CloudTopic>();
  readonly #pace: Pace;
  #strikes = 0;

  constructor(options: AccountOptions) {
    this.credentials = options.credentials;
    this.#options = options;
    this.#pace = new Pace(options.clock, options.conduct.messagesPerSecond);
  }

  get isBanned(): boolean {
    const { banAfter } = this.#options.conduct;
    return banAfter > 0 && this.#strikes >= banAfter;
  }

  /** A packet of QoS 2 came. */
  strike(): void {
    this.#strikes += 1;
  }

  list(type?: TopicType): readonly CloudTopic[] {
    const all = [...this.#topics.values()];
    return type === undefined ? all : all.filter((topic) => topic.type === type);
  }

  find(type: TopicType, name: string): CloudTopic | undefined {
    return this.#topics.get(`${type}/${name}`);
  }

  get(type: TopicType, name: string): CloudTopic {
    const topic = this.find(type, name);
    if (topic === undefined) throw fail('bemfa-topic-missing', `there is no topic "${name}" of type ${type}`);
    return topic;
  }

  /** Throws when the name is not allowed, taken, or one too many. */
  create(type: TopicType, name: string, nickname = ''): CloudTopic {
    const fault = bemfaTopicFault(name);
    if (fault !== undefined) throw fail('bemfa-topic-name', fault);
    if (this.find(type, name) !== undefined) {
      throw fail('bemfa-topic-exists', `there is a topic "${name}" of type ${type} already`);
    }
    const { clock, conduct } = this.#options;
    if (this.#topics.size >= conduct.topicsPerAccount) {
      throw fail('bemfa-topics-full', `an account has at most ${conduct.topicsPerAccount} topics here`);
    }
    const topic = new CloudTopic({ type, name, nickname }, clock, conduct);
    this.#topics.set(`${type}/${name}`, topic);
    this.changed();
    return topic;
  }

  delete(type: TopicType, name: string): void {
    this.get(type, name);
    this.#topics.delete(`${type}/${name}`);
    this.changed();
  }

  /** The topic if it exists or may come to be by being used. */
  use(type: TopicType, name: string): CloudTopic | undefined {
    const topic = this.find(type, name);
    const isNew = topic === undefined && this.#options.conduct.createsTopics;
    return isNew && bemfaTopicFault(name) === undefined ? this.create(type, name) : topic;
  }

  publish(publication: Publication): PublishOutcome {
    const { topic: name, ending } = parseBemfaAddress(publication.address);
    const topic = ending === 'app' ? undefined : this.use(publication.type, name);
    const outcome = topic === undefined ? 'missing' : this.#refusal(publication);
    const except = ending === 'set' ? publication.from : undefined;
    const isKept = topic !== undefined && outcome === undefined;
    const hearers = isKept && ending !== 'up' ? topic.hearers - (except && topic.has(except) ? 1 : 0) : 0;
    // The notice first: what hearers do about it comes after it.
    const { onPublish } = this.#options;
    onPublish({ uid: this.credentials.uid, publication, outcome: outcome ?? 'kept', hearers });
    if (!isKept) return outcome ?? 'missing';
    this.#keep(topic, publication);
    const { payload, qos = 0 } = publication;
    if (ending !== 'up') topic.push({ payload, qos, isRetained: false }, except);
    return 'kept';
  }

  changed(): void {
    this.#options.onChange();
  }

  #refusal({ payload }: Publication): PublishOutcome | undefined {
    if (payload.length > this.#options.conduct.payloadBytes) return 'too-long';
    return this.#pace.take() ? undefined : 'too-fast';
  }

  /** An empty retained message takes the retained one away and is no news of the device. */
  #keep(topic: CloudTopic, { payload, isRetained }: Publication): void {
    const message = { payload, at: this.#options.clock.now() };
    if (isRetained === true) topic.retained = payload.length === 0 ? undefined : message;
    if (payload.length > 0 || isRetained !== true) topic.keep(message);
    this.changed();
  }
}
