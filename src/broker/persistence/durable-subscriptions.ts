// Subscriptions of sessions that outlive their connection: by client for restoring, by topic for queueing.
import { filterFault, TopicTrie } from '../../base/index.ts';
import { parseShared } from '../routing/shared-filter.ts';
import type { SessionRows } from './session-rows.ts';
import type { SubscriptionRow } from './tables.ts';

type Qos = 0 | 1 | 2;

/** As aedes and mqtt-packet carry a subscription. */
export interface StoredSubscription {
  readonly topic: string;
  readonly qos: Qos;
  readonly rh?: number | undefined;
  readonly rap?: boolean | undefined;
  readonly nl?: boolean | undefined;
  readonly subscriptionIdentifier?: number | undefined;
}

/** A subscription as aedes wants it by topic; `topic` is the filter. */
export interface Match extends Omit<StoredSubscription, 'subscriptionIdentifier'> {
  readonly clientId: string;
}

/** The sessions behind shared subscriptions; a filter is in the form that aedes knows. */
export interface SharedHolders {
  keep(filter: string, member: { readonly client: string; readonly qos: Qos }): void;
  forget(filter: string, client: string): void;
}

export interface Held {
  readonly id: number;
  readonly subscription: StoredSubscription;
  readonly match: Match;
  /** What queues are filled for at present; `match` once this is activated. */
  active: Match | undefined;
}

const noLocal = 4;
const retainAsPublished = 8;

/** The bits of the subscription options byte [MQTT5-3.8.3.1]; MQTT 3 has none. */
function optionsOf({ nl, rap, rh }: StoredSubscription): number | null {
  if (nl === undefined && rap === undefined && rh === undefined) return null;
  return (nl ? noLocal : 0) | (rap ? retainAsPublished : 0) | ((rh ?? 0) << 4);
}

function subscriptionOf(row: SubscriptionRow): StoredSubscription {
  const { filter: topic, qos, options, identifier } = row;
  return {
    topic,
    qos,
    ...(options !== null && {
      rh: options >> 4,
      rap: (options & retainAsPublished) !== 0,
      nl: (options & noLocal) !== 0,
    }),
    ...(identifier !== null && { subscriptionIdentifier: identifier }),
  };
}

function isSame(a: StoredSubscription, b: StoredSubscription): boolean {
  return (
    a.qos === b.qos &&
    a.rh === b.rh &&
    a.rap === b.rap &&
    a.nl === b.nl &&
    a.subscriptionIdentifier === b.subscriptionIdentifier
  );
}

export class DurableSubscriptions {
  readonly #rows: SessionRows;
  readonly #byClient = new Map<string, Map<string, Held>>();
  readonly #byTopic = new TopicTrie<Match>();
  readonly #groups: (() => SharedHolders) | undefined;
  #count = 0;

  constructor(rows: SessionRows, groups?: () => SharedHolders) {
    this.#rows = rows;
    this.#groups = groups;
  }

  get count(): number {
    return this.#count;
  }

  /** Those that a queue is kept for. */
  get queueing(): number {
    return this.#byTopic.size;
  }

  get clients(): ReadonlyMap<string, unknown> {
    return this.#byClient;
  }

  /**
   * aedes offers all filters of a SUBSCRIBE once for each of them, so this is idempotent; invalid ones are left out.
   * Queues are filled for them from `activate` on, which what is returned must be given to; empty when all were there.
   */
  add(client: string, subscriptions: readonly StoredSubscription[]): Held[] {
    const added: Held[] = [];
    for (const subscription of subscriptions) {
      const { topic } = subscription;
      if (filterFault(topic) !== undefined) continue;
      const known = this.#byClient.get(client)?.get(topic);
      if (known !== undefined && isSame(known.subscription, subscription)) continue;
      added.push(this.#set(client, subscription, known?.id ?? this.#rows.nextNumber()));
    }
    return added;
  }

  /** From now on messages are queued for these, unless they were replaced or removed meanwhile. */
  activate(client: string, added: readonly Held[]): void {
    for (const held of added) {
      const { topic, qos } = held.subscription;
      if (this.#byClient.get(client)?.get(topic) !== held) continue;
      this.#stop(topic, held);
      if (qos > 0) this.#begin(topic, held);
    }
  }

  /** What an earlier process kept. */
  restore(row: SubscriptionRow): void {
    this.activate(row.client, [this.#hold(row.client, subscriptionOf(row), row.id)]);
  }

  /** True when anything changed. */
  remove(client: string, filters: Iterable<string>): boolean {
    const own = this.#byClient.get(client);
    if (own === undefined) return false;
    let isChanged = false;
    for (const filter of filters) {
      const held = own.get(filter);
      if (held === undefined) continue;
      isChanged = true;
      own.delete(filter);
      this.#count--;
      this.#stop(filter, held);
      this.#rows.tables.subscriptions.delete(String(held.id));
    }
    if (own.size === 0) this.#byClient.delete(client);
    return isChanged;
  }

  clear(client: string): void {
    this.remove(client, [...(this.#byClient.get(client)?.keys() ?? [])]);
  }

  list(client: string): StoredSubscription[] {
    const own = this.#byClient.get(client)?.values() ?? [];
    return [...own].map(({ subscription }) => ({ ...subscription }));
  }

  *clientsOf(filter: string): Generator<string> {
    for (const [client, own] of this.#byClient) if (own.has(filter)) yield client;
  }

  /** Subscriptions whose clients' queues must hold a message of this topic. */
  matching(topic: string): Iterable<Match> {
    return this.#byTopic.size === 0 ? [] : this.#byTopic.match(topic);
  }

  #begin(filter: string, held: Held): void {
    const { clientId: client, qos } = held.match;
    held.active = held.match;
    // A message is for one of the group, and only its router knows who is there.
    if (parseShared(filter) !== undefined) this.#groups?.().keep(filter, { client, qos });
    else this.#byTopic.add(filter, held.active);
  }

  #stop(filter: string, held: Held): void {
    if (held.active === undefined) return;
    if (parseShared(filter) !== undefined) this.#groups?.().forget(filter, held.match.clientId);
    else this.#byTopic.delete(filter, held.active);
    held.active = undefined;
  }

  #set(client: string, subscription: StoredSubscription, id: number): Held {
    const held = this.#hold(client, { ...subscription }, id);
    const { topic: filter, qos, subscriptionIdentifier } = subscription;
    const identifier = subscriptionIdentifier ?? null;
    this.#rows.tables.subscriptions.put({
      id,
      client,
      filter,
      qos,
      options: optionsOf(subscription),
      identifier,
    });
    return held;
  }

  #hold(client: string, subscription: StoredSubscription, id: number): Held {
    let own = this.#byClient.get(client);
    if (own === undefined) {
      own = new Map();
      this.#byClient.set(client, own);
    }
    const { topic } = subscription;
    const old = own.get(topic);
    if (old === undefined) this.#count++;
    const { subscriptionIdentifier: _identifier, ...rest } = subscription;
    const match = { clientId: client, ...rest };
    const held: Held = { id, subscription, match, active: old?.active };
    own.set(topic, held);
    return held;
  }
}
