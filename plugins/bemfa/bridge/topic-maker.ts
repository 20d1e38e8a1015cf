// Makes topics in the cloud through its HTTP API.
import { type Clock, messageOf } from '../../../src/base/index.ts';

export interface TopicMakerOptions {
  /** `https://pro.bemfa.com` */
  readonly url: string;
  readonly uid: string;
  readonly clock: Clock;
}

const answerWithinMs = 10_000;
const exists = 40006;
/** MQTT. */
const type = 1;

function codeOf(answer: unknown): number | undefined {
  const isObject = typeof answer === 'object' && answer !== null && 'code' in answer;
  return isObject && typeof answer.code === 'number' ? answer.code : undefined;
}

export class TopicMaker {
  readonly #options: TopicMakerOptions;

  constructor(options: TopicMakerOptions) {
    this.#options = options;
  }

  /** Undefined when the topic is there, else why it is not. Never says the key. */
  async make(topic: string, name: string): Promise<string | undefined> {
    const { url, uid, clock } = this.#options;
    const patience = new AbortController();
    const undo = clock.after(answerWithinMs, () => patience.abort(new Error('no answer')));
    try {
      const response = await fetch(`${url}/v1/createTopic`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uid, topic, type, name }),
        signal: patience.signal,
      });
      const code = codeOf(await response.json());
      if (code === 0 || code === exists) return undefined;
      return `the cloud did not make ${topic}: code ${code ?? response.status}`;
    } catch (error) {
      return `the cloud did not make ${topic}: ${messageOf(error)}`;
    } finally {
      undo();
    }
  }
}
