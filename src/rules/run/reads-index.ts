// Who wants to know when something changes that an expression reads.
import { TopicTrie, type Undo } from '../../base/index.ts';
import type { Reads } from '../compile/reads.ts';

export class ReadsIndex<Value> {
  readonly #topics = new TopicTrie<Value>();
  readonly #all = new Set<Value>();

  get isEmpty(): boolean {
    return this.#topics.size === 0 && this.#all.size === 0;
  }

  add(reads: Reads, value: Value): Undo {
    if (reads.isAll) {
      this.#all.add(value);
      return () => void this.#all.delete(value);
    }
    for (const filter of reads.topics) this.#topics.add(filter, value);
    return () => {
      for (const filter of reads.topics) this.#topics.delete(filter, value);
    };
  }

  /** Whose value may be another one after a message on this topic; in no particular order. */
  match(topic: string): readonly Value[] {
    if (this.#topics.size === 0) return this.#all.size === 0 ? [] : [...this.#all];
    return [...this.#all, ...this.#topics.match(topic)];
  }
}
