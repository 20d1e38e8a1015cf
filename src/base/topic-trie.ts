// Values kept by topic filter, found by topic. Used by the rules' index and by live subscriptions.
import type { Undo } from './clock.ts';

interface Level<Value> {
  readonly exact: Map<string, Level<Value>>;
  plus: Level<Value> | undefined;
  readonly here: Set<Value>;
  readonly below: Set<Value>;
}

const newLevel = <Value>(): Level<Value> => ({
  exact: new Map(),
  plus: undefined,
  here: new Set(),
  below: new Set(),
});

/** A set of (filter, value) pairs; the same value may stand under several filters. */
export class TopicTrie<Value> {
  #root = newLevel<Value>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Filters must be valid; see `parseFilter`. Adding a pair twice keeps one. */
  add(filter: string, value: Value): Undo {
    const values = this.#valuesOf(filter);
    if (!values.has(value)) {
      values.add(value);
      this.#size++;
    }
    return () => this.delete(filter, value);
  }

  delete(filter: string, value: Value): void {
    if (this.#valuesOf(filter).delete(value)) this.#size--;
    this.#prune(this.#root, filter.split('/'), 0);
  }

  /** Every value whose filter matches, each once, in no particular order. */
  match(topic: string): Set<Value> {
    const found = new Set<Value>();
    const levels = topic.split('/');
    this.#collect(this.#root, { levels, isSystem: topic.startsWith('$'), found }, 0);
    return found;
  }

  /** Every value whose filter has a topic in common with this one, each once, in no particular order. */
  overlapping(filter: string): Set<Value> {
    const found = new Set<Value>();
    const levels = filter.split('/');
    this.#gather(this.#root, { levels, isSystem: filter.startsWith('$'), found }, 0);
    return found;
  }

  #gather(
    level: Level<Value>,
    search: { readonly levels: string[]; readonly isSystem: boolean; readonly found: Set<Value> },
    depth: number,
  ): void {
    const mayWild = depth > 0 || !search.isSystem;
    if (mayWild) for (const value of level.below) search.found.add(value);
    const name = search.levels[depth];
    if (name === undefined || name === '#') for (const value of level.here) search.found.add(value);
    if (name === undefined) return;
    const next = name === '#' ? depth : depth + 1;
    if (name === '+' || name === '#') {
      for (const [child, exact] of level.exact)
        if (depth > 0 || level !== this.#root || !child.startsWith('$')) this.#gather(exact, search, next);
    } else {
      const exact = level.exact.get(name);
      if (exact) this.#gather(exact, search, next);
    }
    if (level.plus && mayWild) this.#gather(level.plus, search, next);
  }

  #collect(
    level: Level<Value>,
    search: { readonly levels: string[]; readonly isSystem: boolean; readonly found: Set<Value> },
    depth: number,
  ): void {
    const mayWild = depth > 0 || !search.isSystem;
    if (mayWild) for (const value of level.below) search.found.add(value);
    const name = search.levels[depth];
    if (name === undefined) {
      for (const value of level.here) search.found.add(value);
      return;
    }
    const exact = level.exact.get(name);
    if (exact) this.#collect(exact, search, depth + 1);
    if (level.plus && mayWild) this.#collect(level.plus, search, depth + 1);
  }

  #valuesOf(filter: string): Set<Value> {
    let level = this.#root;
    for (const name of filter.split('/')) {
      if (name === '#') return level.below;
      if (name === '+') {
        level.plus ??= newLevel();
        level = level.plus;
      } else {
        let next = level.exact.get(name);
        if (next === undefined) {
          next = newLevel();
          level.exact.set(name, next);
        }
        level = next;
      }
    }
    return level.here;
  }

  /** Drops empty levels along the path; true when `level` itself is empty. */
  #prune(level: Level<Value>, names: readonly string[], depth: number): boolean {
    const name = names[depth];
    if (name === '+' && level.plus && this.#prune(level.plus, names, depth + 1)) level.plus = undefined;
    else if (name !== undefined && name !== '#') {
      const next = level.exact.get(name);
      if (next && this.#prune(next, names, depth + 1)) level.exact.delete(name);
    }
    return (
      level.exact.size === 0 && level.plus === undefined && level.here.size === 0 && level.below.size === 0
    );
  }
}
