// Which triggers a topic can wake: a trie of filters, with the answers for recent topics kept.
import { TopicTrie } from '../../base/index.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';
import type { Trigger, TriggerSource } from '../triggers/kind.ts';
import { inOrder, type RuleState } from './rule-state.ts';

export interface TopicEntry {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly source: TriggerSource & { readonly on: 'topic' };
  readonly pattern: TopicPattern;
}

/** The entries of one rule that match a topic, in order of trigger. */
export interface Candidate {
  readonly state: RuleState;
  readonly entries: readonly TopicEntry[];
}

const maxCachedTopics = 20_000;

export class TopicIndex {
  readonly #trie = new TopicTrie<TopicEntry>();
  readonly #entries = new Map<RuleState, TopicEntry[]>();
  #cache = new Map<string, readonly Candidate[]>();

  add(state: RuleState): void {
    const entries: TopicEntry[] = [];
    for (const trigger of state.rule.triggers) {
      const { source } = trigger;
      if (source.on !== 'topic' || !trigger.enabled) continue;
      for (const pattern of source.patterns) entries.push({ state, trigger, source, pattern });
    }
    for (const entry of entries) this.#trie.add(entry.pattern.filter, entry);
    this.#entries.set(state, entries);
    this.#cache.clear();
  }

  delete(state: RuleState): void {
    for (const entry of this.#entries.get(state) ?? []) this.#trie.delete(entry.pattern.filter, entry);
    this.#entries.delete(state);
    this.#cache.clear();
  }

  /** By priority, then id. */
  // hot: test/bench/engine.ts
  match(topic: string): readonly Candidate[] {
    const known = this.#cache.get(topic);
    if (known !== undefined) return known;
    if (this.#cache.size >= maxCachedTopics) this.#cache = new Map();
    const candidates = this.#find(topic);
    this.#cache.set(topic, candidates);
    return candidates;
  }

  #find(topic: string): readonly Candidate[] {
    const byState = new Map<RuleState, TopicEntry[]>();
    for (const entry of this.#trie.match(topic)) {
      const entries = byState.get(entry.state);
      if (entries === undefined) byState.set(entry.state, [entry]);
      else entries.push(entry);
    }
    const candidates = [...byState].map(([state, entries]) => ({
      state,
      entries: entries.sort((a, b) => a.trigger.index - b.trigger.index),
    }));
    return candidates.sort((a, b) => inOrder(a.state, b.state));
  }
}
