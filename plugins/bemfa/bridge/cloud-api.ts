// The HTTP API of the cloud, as far as the bridge needs it: makes, names, lists and deletes topics. Never says the key.
import { z } from 'zod';
import { type Clock, messageOf } from '../../../src/base/index.ts';

/** MQTT, TCP: two sets of topics that know nothing of each other. */
export type TopicType = 1 | 3;

export interface CloudApiOptions {
  /** One for everything, such as an emulator; else the two of the cloud. */
  readonly url: string | undefined;
  readonly uid: string;
  readonly type: TopicType;
  readonly clock: Clock;
}

export interface TopicView {
  readonly topic: string;
  readonly name: string;
  /** What was said last. */
  readonly text: string;
  readonly isOnline: boolean;
}

interface Told {
  readonly fields: Readonly<Record<string, string>>;
  /** When it was not done. */
  readonly words: string;
  /** A code that says that all is as it should be. */
  readonly isFine?: number;
}

const answerWithinMs = 10_000;
const exists = 40006;
const missing = 40004;

const answer = z.looseObject({ code: z.number() });
const listed = z.looseObject({
  topic: z.string(),
  name: z.string().nullish(),
  msg: z.string().nullish(),
  online: z.boolean().nullish(),
});
/** Documents show a list, the cloud sends one inside of an object. */
const list = z.looseObject({ data: z.union([z.array(listed), z.looseObject({ data: z.array(listed) })]) });

export class CloudApi {
  readonly #options: CloudApiOptions;
  readonly #topics: string;
  readonly #messages: string;

  constructor(options: CloudApiOptions) {
    this.#options = options;
    this.#topics = options.url ?? 'https://pro.bemfa.com';
    this.#messages = options.url ?? 'https://apis.bemfa.com';
  }

  /** Undefined when the topic is there, else why it is not. */
  make(topic: string, name: string): Promise<string | undefined> {
    const words = `the cloud did not make ${topic}`;
    return this.#tell(`${this.#topics}/v1/createTopic`, { fields: { topic, name }, words, isFine: exists });
  }

  /** What the speaker calls it. */
  rename(topic: string, name: string): Promise<string | undefined> {
    const words = `the cloud did not name ${topic}`;
    return this.#tell(`${this.#messages}/va/modifyName`, { fields: { topic, name }, words });
  }

  delete(topic: string): Promise<string | undefined> {
    const words = `the cloud did not delete ${topic}`;
    return this.#tell(`${this.#topics}/v1/deleteTopic`, { fields: { topic }, words, isFine: missing });
  }

  /** Throws what is wrong, in words. */
  async topics(): Promise<readonly TopicView[]> {
    const { uid, type } = this.#options;
    const query = new URLSearchParams({ openID: uid, type: String(type) });
    const said = await this.#fetch(`${this.#messages}/vb/api/v2/allTopic?${query}`);
    const { data } = list.safeParse(said);
    if (data === undefined) throw new Error(`the cloud did not list its topics: code ${codeOf(said)}`);
    const topics = Array.isArray(data.data) ? data.data : data.data.data;
    return topics.map(({ topic, name, msg, online }) => ({
      topic,
      name: name ?? '',
      text: msg ?? '',
      isOnline: online ?? false,
    }));
  }

  async #tell(url: string, { fields, words, isFine }: Told): Promise<string | undefined> {
    const { uid, type } = this.#options;
    try {
      const said = await this.#fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uid, type, ...fields }),
      });
      const code = codeOf(said);
      return code === 0 || code === isFine ? undefined : `${words}: code ${code}`;
    } catch (error) {
      return `${words}: ${wordsOf(error)}`;
    }
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<unknown> {
    const patience = new AbortController();
    const undo = this.#options.clock.after(answerWithinMs, () => patience.abort(new Error('no answer')));
    try {
      const response = await fetch(url, { ...init, signal: patience.signal });
      return await response.json();
    } finally {
      undo();
    }
  }
}

/** Of a request that did not come to an answer the reason stands one deeper. */
export function wordsOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
}

function codeOf(said: unknown): string | number {
  return answer.safeParse(said).data?.code ?? 'unknown';
}
