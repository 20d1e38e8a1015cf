// Which triggers a topic can wake: a trie of filters, with the answers for recent topics kept.
import { TopicTrie } from '../../base/index.ts';
import type { Candidate, TopicEntry } from './candidate.ts';
import { ConditionIndex } from './condition-index.ts';
import { inOrder, type RuleState } from './rule-state.ts';

/** Everything that one topic can wake. */
export interface Candidates {
  /** By priority, then id. */
  readonly all: readonly Candidate[];
  /** Present when there are enough of them whose conditions it can rule out. */
  readonly index: ConditionIndex | undefined;
}

const maxCachedTopics = 20_000;

export class TopicIndex {
  readonly #trie = new TopicTrie<TopicEntry>();
  readonly #entries = new Map<RuleState, TopicEntry[]>();
  #cache = new Map<string, Candidates>();

  add(state: RuleState): void {
    const entries: TopicEntry[] = [];
    for (const trigger of state.triggers) {
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

  // hot: test/bench/engine.ts
  match(topic: string): Candidates {
    const known = this.#cache.get(topic);
    if (known !== undefined) return known;
    if (this.#cache.size >= maxCachedTopics) this.#cache = new Map();
    const all = this.#find(topic);
    const candidates = { all, index: ConditionIndex.of(all) };
    this.#cache.set(topic, candidates);
    return candidates;
  }

  /** By priority, then id. */
  #find(topic: string): readonly Candidate[] {
    const byState = new Map<RuleState, TopicEntry[]>();
    for (const entry of this.#trie.match(topic)) {
      const entries = byState.get(entry.state);
      if (entries === undefined) byState.set(entry.state, [entry]);
      else entries.push(entry);
    }
    const candidates = [...byState].map(([state, entries]) => ({
      state,
      entries: entries.sort((a, b) => a.trigger.slot - b.trigger.slot),
    }));
    return candidates.sort((a, b) => inOrder(a.state, b.state));
  }
}
