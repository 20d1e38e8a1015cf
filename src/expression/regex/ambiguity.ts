// How the time of a backtracking match grows with its text. Two ways through the same text multiply at each turn of a
// loop (exponential time); a loop that can hand over to a later one anywhere adds one power of the length.
// After Weber and Seidl, "On the degree of ambiguity of finite automata" (1991).
import type { Automaton, Loop } from './automaton.ts';
import { TooLarge } from './syntax.ts';

/** Steps of one check, some tens of milliseconds: what they do not suffice for is taken for the worse. */
const mostSteps = 200_000;

function isWithin(position: number, loop: Loop): boolean {
  return position >= loop.from && position < loop.to;
}

/** Whether a search from `start` comes to `goal`; states are numbers. */
function leadsTo(start: number, goal: number, next: (state: number, add: (state: number) => void) => void) {
  const seen = new Set<number>();
  const open = [start];
  const add = (state: number): void => {
    if (seen.has(state)) return;
    seen.add(state);
    open.push(state);
  };
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    next(state, add);
    if (seen.has(goal)) return true;
  }
  return false;
}

export class Ambiguity {
  readonly #automaton: Automaton;
  readonly #size: number;
  #steps = 0;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#size = automaton.sets.length;
  }

  /** The power of the length that the time grows with; undefined when it grows exponentially. */
  power(): number | undefined {
    const { loops } = this.#automaton;
    if (loops.some((loop) => this.#isExponential(loop))) return undefined;
    const powers: number[] = [];
    for (const [index, loop] of loops.entries()) {
      const earlier = loops.slice(0, index).map((from, at) => this.#powerAfter(from, loop, powers[at] ?? 1));
      powers.push(Math.max(1, ...earlier));
    }
    return Math.max(1, ...powers);
  }

  #powerAfter(from: Loop, to: Loop, power: number): number {
    if (!this.#isReachable(from, to)) return 1;
    return this.#isHandedOver(from, to) ? power + 1 : power;
  }

  get #isTired(): boolean {
    return this.#steps > mostSteps;
  }

  #targets(position: number): Iterable<number> {
    return this.#automaton.edges[position]?.keys() ?? [];
  }

  #set(position: number): bigint {
    return this.#automaton.sets[position] ?? 0n;
  }

  /** Two different ways around the loop with the same text. */
  #isExponential(loop: Loop): boolean {
    for (let position = loop.from; position < loop.to; position++)
      for (const [target, ways] of this.#automaton.edges[position] ?? [])
        if (ways > 1 && isWithin(target, loop)) return true;
    const size = this.#size;
    const start = (loop.from * size + loop.from) * 2;
    const found = leadsTo(start, start + 1, (state, add) => {
      if (this.#isTired) return;
      const pair = state >> 1;
      const [p, q] = [Math.floor(pair / size), pair % size];
      for (const a of this.#targets(p)) {
        for (const b of this.#targets(q)) {
          this.#steps++;
          if (!isWithin(a, loop) || !isWithin(b, loop) || (this.#set(a) & this.#set(b)) === 0n) continue;
          add((a * size + b) * 2 + (a === b ? state & 1 : 1));
        }
      }
    });
    if (this.#isTired) throw new TooLarge();
    return found;
  }

  #isReachable(from: Loop, to: Loop): boolean {
    const found = leadsTo(from.from, to.from, (state, add) => {
      if (this.#isTired) return;
      for (const target of this.#targets(state)) {
        this.#steps++;
        add(target);
      }
    });
    return found || this.#isTired;
  }

  /** Some text goes around the first loop, around the second, and from the first to the second. */
  #isHandedOver(first: Loop, second: Loop): boolean {
    for (let p = first.from; p < first.to; p++)
      for (let r = second.from; r < second.to; r++)
        if (this.#hasTriple(p, r, (a, c) => isWithin(a, first) && isWithin(c, second))) return true;
    return false;
  }

  #hasTriple(p: number, r: number, stays: (a: number, c: number) => boolean): boolean {
    const size = this.#size;
    const code = (a: number, b: number, c: number): number => (a * size + b) * size + c;
    const found = leadsTo(code(p, p, r), code(p, r, r), (state, add) => {
      if (this.#isTired) return;
      const [a, b, c] = [Math.floor(state / size / size), Math.floor(state / size) % size, state % size];
      for (const x of this.#targets(a)) {
        for (const z of this.#targets(c)) {
          this.#steps++;
          const both = this.#set(x) & this.#set(z);
          if (!stays(x, z) || both === 0n) continue;
          for (const y of this.#targets(b)) if ((both & this.#set(y)) !== 0n) add(code(x, y, z));
        }
      }
    });
    return found || this.#isTired;
  }
}
