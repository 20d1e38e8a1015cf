// Who gets a message of a topic, on which terms: one entry for each client, however many of its filters match.
import { matchesFilter, TopicTrie } from '../../base/index.ts';
import type { HeldSubscription } from '../seams.ts';
import { type Enqueue, type KeptMember, ShareGroup } from './share-group.ts';
import { parseShared } from './shared-filter.ts';
import type { Qos, Subscriber, Terms } from './subscriber.ts';

interface Direct {
  readonly subscriber: Subscriber;
  readonly held: HeldSubscription;
}

export interface Target {
  readonly subscriber: Subscriber;
  readonly terms: Terms;
  /** For messages of its own: without its no-local subscriptions; undefined when nothing is left. */
  readonly ownTerms: Terms | undefined;
}

/** Where messages of one topic go. */
export interface Route {
  readonly targets: readonly Target[];
  readonly groups: readonly ShareGroup[];
}

/** Topics whose route is remembered until a subscription changes. */
const maxRoutes = 8192;
const noIdentifiers: readonly number[] = [];

function termsOf(held: readonly HeldSubscription[]): Terms | undefined {
  if (held.length === 0) return undefined;
  let qos: Qos = 0;
  let keepsRetain = false;
  const identifiers: number[] = [];
  for (const { qos: granted, rap, si } of held) {
    if (granted > qos) qos = granted;
    if (rap) keepsRetain = true;
    if (si !== undefined) identifiers.push(si);
  }
  return { qos, keepsRetain, identifiers: identifiers.length === 0 ? noIdentifiers : identifiers };
}

export class SubscriptionIndex {
  readonly #enqueue: Enqueue;
  readonly #trie = new TopicTrie<Direct | ShareGroup>();
  readonly #direct = new Map<Subscriber, Map<string, Direct>>();
  readonly #groups = new Map<string, ShareGroup>();
  readonly #routes = new Map<string, Route>();

  constructor(enqueue: Enqueue) {
    this.#enqueue = enqueue;
  }

  /** Adds or replaces what this subscriber holds under this filter. */
  set(subscriber: Subscriber, filter: string, held: HeldSubscription): void {
    this.#routes.clear();
    const shared = parseShared(filter);
    if (shared !== undefined) {
      const terms = termsOf([held]);
      if (terms !== undefined) this.#groupOf(filter, shared.filter).set({ subscriber, terms });
      return;
    }
    const own = this.#direct.get(subscriber) ?? new Map<string, Direct>();
    this.#direct.set(subscriber, own);
    const old = own.get(filter);
    if (old !== undefined) this.#trie.delete(filter, old);
    const direct: Direct = { subscriber, held };
    own.set(filter, direct);
    this.#trie.add(filter, direct);
  }

  delete(subscriber: Subscriber, filter: string): void {
    this.#routes.clear();
    const group = this.#groups.get(filter);
    if (group !== undefined) {
      group.delete(subscriber);
      this.#dropEmpty(filter, group);
      return;
    }
    const own = this.#direct.get(subscriber);
    const direct = own?.get(filter);
    if (own === undefined || direct === undefined) return;
    own.delete(filter);
    if (own.size === 0) this.#direct.delete(subscriber);
    this.#trie.delete(filter, direct);
  }

  /** A session holds this shared subscription from now on. */
  keep(inner: string, member: KeptMember): void {
    const shared = parseShared(inner);
    if (shared === undefined) return;
    this.#routes.clear();
    this.#groupOf(inner, shared.filter).keep(member);
  }

  /** A session does not hold it any more. */
  forget(inner: string, client: string): void {
    const group = this.#groups.get(inner);
    if (group === undefined) return;
    this.#routes.clear();
    group.forget(client);
    this.#dropEmpty(inner, group);
  }

  /** hot: once per publish; guarded by the broker benchmark. */
  route(topic: string): Route {
    const known = this.#routes.get(topic);
    if (known !== undefined) return known;
    const route = this.#find(topic);
    if (this.#routes.size >= maxRoutes) this.#routes.clear();
    this.#routes.set(topic, route);
    return route;
  }

  /** The terms of one client, shared subscriptions left out; for what is delivered to it alone. */
  termsFor(subscriber: Subscriber, topic: string): Terms | undefined {
    const held: HeldSubscription[] = [];
    for (const [filter, direct] of this.#direct.get(subscriber) ?? []) {
      if (matchesFilter(filter, topic)) held.push(direct.held);
    }
    return termsOf(held);
  }

  #find(topic: string): Route {
    const bySubscriber = new Map<Subscriber, HeldSubscription[]>();
    const groups: ShareGroup[] = [];
    for (const found of this.#trie.match(topic)) {
      if (found instanceof ShareGroup) groups.push(found);
      else {
        const held = bySubscriber.get(found.subscriber);
        if (held === undefined) bySubscriber.set(found.subscriber, [found.held]);
        else held.push(found.held);
      }
    }
    const targets: Target[] = [];
    for (const [subscriber, held] of bySubscriber) {
      const terms = termsOf(held);
      if (terms === undefined) continue;
      const isMixed = held.some(({ nl }) => nl);
      const ownTerms = isMixed ? termsOf(held.filter(({ nl }) => !nl)) : terms;
      targets.push({ subscriber, terms, ownTerms });
    }
    return { targets, groups };
  }

  #dropEmpty(inner: string, group: ShareGroup): void {
    if (!group.isEmpty) return;
    this.#groups.delete(inner);
    this.#trie.delete(group.filter, group);
  }

  #groupOf(inner: string, filter: string): ShareGroup {
    let group = this.#groups.get(inner);
    if (group === undefined) {
      group = new ShareGroup(filter, this.#enqueue);
      this.#groups.set(inner, group);
      this.#trie.add(filter, group);
    }
    return group;
  }
}
