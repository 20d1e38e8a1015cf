// The graph of wake-ups and what leads from one to the next, as far as it is looked at: knots of nodes that reach each
// other, and the shortest way round in one of them.
import type { Links } from './links.ts';
import type { Carrier, Wake } from './portrait.ts';

export type Node = Wake | Carrier;

export const isWake = (node: Node): node is Wake => 'deeds' in node;

/** A way that is not to be taken again. */
type Banned = ReadonlyMap<Carrier, ReadonlySet<Wake>>;

/** Wake-ups and carriers by turns: what goes on longer is cut by its depth before it comes round. */
const longestRound = 40;

interface Search {
  readonly start: Wake;
  readonly banned: Banned;
  readonly from: Map<Node, Node>;
  readonly outer: Node[];
}

interface Visit {
  readonly node: Node;
  readonly index: number;
  low: number;
  /** How many of the next ones were looked at. */
  done: number;
}

export class Reach {
  readonly #links: Links;
  readonly #next = new Map<Node, readonly Node[]>();
  #left: number;

  /** `steps` at the most are gone: a house of rules that all hear each other must not stop the one that asks. */
  constructor(links: Links, steps: number) {
    this.#links = links;
    this.#left = steps;
  }

  /** False: there may be more than was found. */
  get isComplete(): boolean {
    return this.#left > 0;
  }

  next(node: Node): readonly Node[] {
    const known = this.#next.get(node);
    if (known !== undefined) return known;
    const found = this.#left <= 0 ? [] : this.#find(node);
    this.#left -= found.length + 1;
    this.#next.set(node, found);
    return found;
  }

  #find(node: Node): readonly Node[] {
    if (!isWake(node)) return this.#links.wokenBy(node);
    return [...new Set(node.deeds.map(({ carrier }) => this.#links.same(carrier)))];
  }

  /** Strongly connected components of more than one node that can be reached from `starts` (Tarjan, without recursion). */
  knots(starts: Iterable<Node>): ReadonlySet<Node>[] {
    const visits = new Map<Node, Visit>();
    const open: Visit[] = [];
    const knots: Set<Node>[] = [];
    const isOpen = new Set<Node>();
    const path: Visit[] = [];
    const enter = (node: Node): void => {
      const visit = { node, index: visits.size, low: visits.size, done: 0 };
      visits.set(node, visit);
      open.push(visit);
      isOpen.add(node);
      path.push(visit);
    };
    const leave = (visit: Visit): void => {
      path.pop();
      const outer = path.at(-1);
      if (outer !== undefined) outer.low = Math.min(outer.low, visit.low);
      if (visit.low !== visit.index) return;
      const members = open.splice(open.lastIndexOf(visit)).map(({ node }) => node);
      for (const node of members) isOpen.delete(node);
      if (members.length > 1) knots.push(new Set(members));
    };
    for (const start of starts) {
      if (visits.has(start)) continue;
      enter(start);
      for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
        const node = this.next(visit.node)[visit.done++];
        if (node === undefined) leave(visit);
        else if (!visits.has(node)) enter(node);
        else if (isOpen.has(node)) visit.low = Math.min(visit.low, visits.get(node)?.index ?? 0);
      }
    }
    return knots;
  }

  /** The shortest way from a wake-up to itself: it, what it does, whom that wakes, and so on. */
  round(start: Wake, banned: Banned = new Map()): readonly Node[] | undefined {
    const from = new Map<Node, Node>();
    let ring: Node[] = [start];
    for (let length = 0; length < longestRound && ring.length > 0; length++) {
      const outer: Node[] = [];
      for (const node of ring) {
        const end = this.#widen(node, { start, banned, from, outer });
        if (end) return wayTo(node, from);
      }
      ring = outer;
    }
    return undefined;
  }

  /** Adds what comes next; true when that is where it began. */
  #widen(node: Node, { start, banned, from, outer }: Search): boolean {
    for (const next of this.next(node)) {
      if (!isWake(node) && isWake(next) && banned.get(node)?.has(next)) continue;
      if (next === start) return true;
      if (from.has(next)) continue;
      from.set(next, node);
      outer.push(next);
    }
    return false;
  }
}

function wayTo(end: Node, from: ReadonlyMap<Node, Node>): readonly Node[] {
  const way: Node[] = [];
  for (let node: Node | undefined = end; node !== undefined; node = from.get(node)) way.push(node);
  return way.reverse();
}
