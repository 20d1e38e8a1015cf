// The positions of a regular expression and the ways from one to the next (Glushkov), counted up to two: two ways on one
// edge are two ways to match the same text.
import { isEndless, TooLarge, type Tree } from './syntax.ts';

type Ways = Map<number, number>;
type Repeat = Extract<Tree, { readonly type: 'repeat' }>;

/** Positions that lie on cycles through each other: `from` up to before `to`. */
export interface Loop {
  readonly from: number;
  readonly to: number;
}

export interface Automaton {
  /** The characters that lead into a position, as a set of samples. */
  readonly sets: readonly bigint[];
  readonly edges: readonly Ways[];
  /** In the order of the positions. */
  readonly loops: readonly Loop[];
}

interface Fragment {
  /** In how many ways it takes no character. */
  readonly empty: number;
  readonly first: Ways;
  readonly last: Ways;
}

const nothing: Fragment = { empty: 1, first: new Map(), last: new Map() };

function add(into: Ways, from: Ways, times = 1): void {
  if (times === 0) return;
  for (const [position, ways] of from)
    into.set(position, Math.min(2, (into.get(position) ?? 0) + ways * times));
}

function sum(a: Ways, b: Ways, timesB: number): Ways {
  const result = new Map(a);
  add(result, b, timesB);
  return result;
}

/** More positions than any expression that people write. */
const mostPositions = 1_000;
const mostEdges = 50_000;

export class Builder implements Automaton {
  readonly sets: bigint[] = [];
  readonly edges: Ways[] = [];
  loops: Loop[] = [];
  #linked = 0;
  readonly #setOf: (atom: string) => bigint;
  /** Too many choices to multiply their ways: each outside a loop is taken for endless, which must then be harmless. */
  #isDense: boolean;

  constructor(setOf: (atom: string) => bigint, isDense: boolean) {
    this.#setOf = setOf;
    this.#isDense = isDense;
  }

  build(tree: Tree): Fragment {
    switch (tree.type) {
      case 'atom':
        return this.#atom(tree.source);
      case 'sequence':
        return tree.items.reduce<Fragment>((all, item) => this.#joined(all, this.build(item)), nothing);
      case 'choice':
        return this.#choice(tree.items);
      case 'repeat':
        return this.#isDense || isEndless(tree) ? this.#loop(tree) : this.#writtenOut(tree);
      default:
        return nothing;
    }
  }

  #atom(source: string): Fragment {
    const position = this.sets.push(this.#setOf(source)) - 1;
    if (position >= mostPositions) throw new TooLarge();
    this.edges.push(new Map());
    return { empty: 0, first: new Map([[position, 1]]), last: new Map([[position, 1]]) };
  }

  #link(last: Ways, first: Ways): void {
    this.#linked += last.size * first.size;
    if (this.#linked > mostEdges) throw new TooLarge();
    for (const [position, ways] of last) add(this.edges[position] ?? new Map(), first, ways);
  }

  #joined(a: Fragment, b: Fragment): Fragment {
    this.#link(a.last, b.first);
    return {
      empty: Math.min(2, a.empty * b.empty),
      first: sum(a.first, b.first, a.empty),
      last: sum(b.last, a.last, b.empty),
    };
  }

  #choice(items: readonly Tree[]): Fragment {
    const from = this.sets.length;
    const wasDense = this.#isDense;
    this.#isDense = false;
    const all = items
      .map((item) => this.build(item))
      .reduce((a, b) => ({
        empty: Math.min(2, a.empty + b.empty),
        first: sum(a.first, b.first, 1),
        last: sum(a.last, b.last, 1),
      }));
    this.#isDense = wasDense;
    return wasDense ? this.#endless(all, from) : all;
  }

  #endless(item: Fragment, from: number): Fragment {
    const to = this.sets.length;
    this.#link(item.last, item.first);
    if (to > from) this.loops = [...this.loops.filter((loop) => loop.to <= from), { from, to }];
    return item;
  }

  /** An iteration that takes nothing ends the repetition, so that it adds no ways. */
  #loop({ item, min, max }: Repeat): Fragment {
    if (max === 0) return nothing;
    const from = this.sets.length;
    const wasDense = this.#isDense;
    this.#isDense = false;
    const once = this.#endless(this.build(item), from);
    this.#isDense = wasDense;
    return { ...once, empty: min === 0 ? 1 : once.empty };
  }

  #writtenOut({ item, min, max }: Repeat): Fragment {
    const from = this.sets.length;
    let all = nothing;
    for (let count = 0; count < max; count++) {
      const once = this.build(item);
      all = this.#joined(all, count < min ? once : { ...once, empty: 1 });
      if (this.sets.length === from) return all;
    }
    return all;
  }
}
