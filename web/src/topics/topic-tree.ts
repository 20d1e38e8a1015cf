// The open part of the topic tree in the browser. Updates are gathered and shown at most ten times a second, and only
// those who watch a topic hear of it. The server holds the whole tree.
import type { TopicNode, TopicView } from '../api/types.ts';
import { Rates } from './rates.ts';

export interface TreeRow {
  readonly topic: string;
  readonly name: string;
  /** 0 for the first level. */
  readonly depth: number;
  readonly isBranch: boolean;
  readonly isOpen: boolean;
}

type After = (ms: number, call: () => void) => () => void;

const flushMs = 100;

function windowTimer(ms: number, call: () => void): () => void {
  const timer = globalThis.setTimeout(call, ms);
  return () => globalThis.clearTimeout(timer);
}

export function parentOf(topic: string): string {
  const slash = topic.lastIndexOf('/');
  return slash < 0 ? '' : topic.slice(0, slash);
}

/** What to subscribe to for seeing one level. */
export function filterOf(parent: string): string {
  return parent === '' ? '+' : `${parent}/+`;
}

const byName = new Intl.Collator(undefined, { numeric: true });
export type TreeOrder = 'name' | 'rate';

export interface TopicTreeOptions {
  readonly after?: After;
  /** Milliseconds, for rates. */
  readonly now?: () => number;
}

function updated(node: TopicNode, value: TopicView): TopicNode {
  const more = value.messages - (node.value?.messages ?? 0);
  return { ...node, value, messages: node.messages + Math.max(0, more) };
}

export class TopicTree {
  readonly #after: After;
  readonly #levels = new Map<string, Map<string, TopicNode>>();
  readonly #open = new Set<string>();
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #rowWatchers = new Set<() => void>();
  readonly #pending = new Map<string, TopicView>();
  readonly #rates: Rates;
  #rows: readonly TreeRow[] = [];
  #isFlushing = false;
  #order: TreeOrder = 'name';
  #isPaused = false;
  #missed = 0;

  constructor({ after = windowTimer, now = () => performance.now() }: TopicTreeOptions = {}) {
    this.#after = after;
    this.#rates = new Rates(now);
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Messages that came while nothing was shown of them. */
  get missed(): number {
    return this.#missed;
  }

  /** Messages a second on it and below; undefined until two readings tell. */
  rateOf(topic: string): number | undefined {
    return this.#rates.of(topic);
  }

  get rows(): readonly TreeRow[] {
    return this.#rows;
  }

  /** How many nodes of this level are known; undefined when it was never read. */
  sizeOf(parent: string): number | undefined {
    return this.#levels.get(parent)?.size;
  }

  find(topic: string): TopicNode | undefined {
    return this.#levels.get(parentOf(topic))?.get(topic);
  }

  watch(topic: string, watcher: () => void): () => void {
    const watchers = this.#watchers.get(topic) ?? new Set();
    this.#watchers.set(topic, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.#watchers.delete(topic);
    };
  }

  watchRows(watcher: () => void): () => void {
    this.#rowWatchers.add(watcher);
    return () => this.#rowWatchers.delete(watcher);
  }

  /** One level as the server has it now. */
  setLevel(parent: string, nodes: readonly TopicNode[]): void {
    if (this.#isPaused && this.#levels.has(parent)) return;
    for (const { topic, messages } of nodes) this.#rates.take(topic, messages);
    this.#keep(parent, nodes);
    this.#layOut();
  }

  setOrder(order: TreeOrder): void {
    this.#order = order;
    for (const [parent, level] of this.#levels) this.#keep(parent, [...level.values()]);
    this.#layOut();
  }

  /** What is shown stands still; going on, the next readings catch up. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#missed = 0;
    this.#layOut();
  }

  #keep(parent: string, nodes: readonly TopicNode[]): void {
    const rate = ({ topic }: TopicNode): number => this.#rates.of(topic) ?? 0;
    const sorted = nodes.toSorted(
      (a, b) => (this.#order === 'rate' ? rate(b) - rate(a) : 0) || byName.compare(a.name, b.name),
    );
    this.#levels.set(parent, new Map(sorted.map((node) => [node.topic, node])));
    for (const node of nodes) this.#tell(node.topic);
  }

  setOpen(topics: Iterable<string>): void {
    this.#open.clear();
    for (const topic of topics) this.#open.add(topic);
    this.#layOut();
  }

  /** Values that came live; those of levels that are not known are ignored. */
  take(views: readonly TopicView[]): void {
    if (this.#isPaused) return this.#miss(views.length);
    for (const view of views) this.#pending.set(view.topic, view);
    if (this.#isFlushing || this.#pending.size === 0) return;
    this.#isFlushing = true;
    this.#after(flushMs, () => this.#flush());
  }

  #miss(count: number): void {
    this.#missed += count;
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#after(flushMs, () => {
      this.#isFlushing = false;
      for (const watcher of this.#rowWatchers) watcher();
    });
  }

  #flush(): void {
    this.#isFlushing = false;
    const grown = new Set<string>();
    for (const view of this.#pending.values()) {
      if (this.#place(view)) grown.add(parentOf(view.topic));
      this.#tell(view.topic);
    }
    this.#pending.clear();
    for (const parent of grown) this.setLevel(parent, [...(this.#levels.get(parent)?.values() ?? [])]);
  }

  /** True when the topic is new in its level. */
  #place(view: TopicView): boolean {
    const level = this.#levels.get(parentOf(view.topic));
    if (!level) return false;
    const node = level.get(view.topic);
    const name = view.topic.slice(view.topic.lastIndexOf('/') + 1);
    const fresh = { name, topic: view.topic, below: 0, messages: 0 };
    level.set(view.topic, updated(node ?? fresh, view));
    return node === undefined;
  }

  #tell(topic: string): void {
    for (const watcher of this.#watchers.get(topic) ?? []) watcher();
  }

  #layOut(): void {
    const rows: TreeRow[] = [];
    const add = (parent: string, depth: number): void => {
      for (const { topic, name, below } of this.#levels.get(parent)?.values() ?? []) {
        const isBranch = below > 0 && topic !== '';
        const isOpen = isBranch && this.#open.has(topic);
        rows.push({ topic, name, depth, isBranch, isOpen });
        if (isOpen) add(topic, depth + 1);
      }
    };
    add('', 0);
    this.#rows = rows;
    for (const watcher of this.#rowWatchers) watcher();
  }
}
