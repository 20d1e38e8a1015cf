// Use cases about topics: look, search, publish, forget a retained message.
import { topicFault } from '../base/index.ts';
import {
  encodePayload,
  maxNesting,
  nestsDeeperThan,
  type TopicContracts,
  type TopicState,
  type TopicStates,
} from '../devices/index.ts';
import { sourceOf } from './access/source.ts';
import type { Actor, ListOptions, TopicsApi } from './api.ts';
import type { Page, PublishRequest, TopicDetail, TopicNode, TopicView } from './contract.ts';
import { fail } from './errors.ts';
import type { MessagePort } from './ports.ts';
import { topicContractViewOf } from './topic-contract-views.ts';
import { topicNodeOf, topicViewOf } from './views.ts';

const defaultLimit = 200;

export class Topics implements TopicsApi {
  readonly #states: TopicStates;
  readonly #broker: MessagePort;
  readonly #contracts: Pick<TopicContracts, 'find'>;

  constructor(states: TopicStates, broker: MessagePort, contracts: Pick<TopicContracts, 'find'>) {
    this.#contracts = contracts;
    this.#states = states;
    this.#broker = broker;
  }

  list(options: ListOptions & { readonly prefix?: string; readonly search?: string }): Page<TopicView> {
    const { prefix = '', search = '', limit = defaultLimit, cursor = '' } = options;
    const wanted = search.toLowerCase();
    const matches = (state: TopicState): boolean =>
      state.topic > cursor &&
      state.topic.startsWith(prefix) &&
      (wanted === '' || state.topic.toLowerCase().includes(wanted));
    const found = this.#states.tree.match('#').filter(matches);
    const items = found.slice(0, limit).map((state) => this.#view(state));
    const last = items.at(-1);
    return found.length > limit && last ? { items, next: last.topic } : { items };
  }

  children(parent: string): readonly TopicNode[] {
    const { tree } = this.#states;
    const level = parent === '' ? tree.root : tree.find(parent);
    if (level === undefined) return [];
    const children = [...level.children.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return children.map((child) => topicNodeOf(child, (topic) => this.#broker.isRetained(topic)));
  }

  get(topic: string): TopicDetail {
    const state = this.#states.find(topic);
    if (state === undefined) throw fail('topic-missing', `nothing was ever published on "${topic}"`);
    const facts = this.#contracts.find(topic);
    return { ...this.#view(state), ...(facts && { contract: topicContractViewOf(facts) }) };
  }

  async publish(actor: Actor, request: PublishRequest): Promise<void> {
    const { topic, payload, qos = 0, retain = false } = request;
    const fault = topicFault(topic) ?? reservedFault(topic);
    if (fault !== undefined) throw fail('bad-topic', `"${topic}" cannot be published to: ${fault}`);
    if (nestsDeeperThan(payload, maxNesting))
      throw fail('bad-payload', `the payload nests deeper than ${maxNesting} levels`);
    this.#broker.publish({ topic, payload: encodePayload(payload), qos, retain, ...sourceOf(actor) });
  }

  async clearRetained(_actor: Actor, topic: string): Promise<void> {
    if (!this.#broker.isRetained(topic)) throw fail('topic-missing', `no message is retained on "${topic}"`);
    this.#broker.clearRetained(topic);
  }

  #view(state: TopicState): TopicView {
    return topicViewOf(state, this.#broker.isRetained(state.topic));
  }
}

function reservedFault(topic: string): string | undefined {
  if (topic.startsWith('$')) return 'topics that begin with $ belong to the broker';
  return topic === 'homerule' || topic.startsWith('homerule/')
    ? 'topics under homerule/ belong to the house'
    : undefined;
}
