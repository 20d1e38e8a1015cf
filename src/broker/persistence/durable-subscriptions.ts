// Subscriptions of sessions that outlive their connection: by client for restoring, by topic for queueing.
import { filterFault, TopicTrie } from '../../base/index.ts';

/** As aedes and mqtt-packet carry a subscription. */
export interface StoredSubscription {
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly rh?: number;
  readonly rap?: boolean;
  readonly nl?: boolean;
  readonly subscriptionIdentifier?: number;
}

export class DurableSubscriptions {
  readonly #byClient = new Map<string, Map<string, StoredSubscription>>();
  readonly #byTopic = new TopicTrie<string>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get clients(): ReadonlyMap<string, ReadonlyMap<string, StoredSubscription>> {
    return this.#byClient;
  }

  /** aedes offers all filters of a SUBSCRIBE once for each of them, so this is idempotent; invalid ones are left out. */
  add(client: string, subscriptions: readonly StoredSubscription[]): void {
    for (const subscription of subscriptions) {
      if (filterFault(subscription.topic) === undefined) this.#set(client, { ...subscription });
    }
  }

  remove(client: string, filters: readonly string[]): void {
    const own = this.#byClient.get(client);
    if (own === undefined) return;
    for (const filter of filters) {
      if (!own.delete(filter)) continue;
      this.#count--;
      this.#byTopic.delete(filter, client);
    }
    if (own.size === 0) this.#byClient.delete(client);
  }

  clear(client: string): void {
    this.remove(client, [...(this.#byClient.get(client)?.keys() ?? [])]);
  }

  list(client: string): StoredSubscription[] {
    return [...(this.#byClient.get(client)?.values() ?? [])];
  }

  /** Clients whose queue must hold a message of this topic, each once. */
  clientsFor(topic: string): Iterable<string> {
    return this.#byTopic.size === 0 ? [] : this.#byTopic.match(topic);
  }

  #set(client: string, subscription: StoredSubscription): void {
    let own = this.#byClient.get(client);
    if (own === undefined) {
      own = new Map();
      this.#byClient.set(client, own);
    }
    const { topic, qos } = subscription;
    if (!own.has(topic)) this.#count++;
    own.set(topic, subscription);
    if (qos > 0) this.#byTopic.add(topic, client);
    else this.#byTopic.delete(topic, client);
  }
}
