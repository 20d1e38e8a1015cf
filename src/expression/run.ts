// One evaluation in progress: what it sees, what it may still use, what it records. Never shared between evaluations.
import type { Budget, Scope } from './contract.ts';
import { unread } from './contract.ts';
import { Failure } from './errors.ts';

export const defaultBudget: Budget = { steps: 100_000, bytes: 4 * 1024 * 1024, depth: 200 };

/** Data nested deeper than this cannot be walked: the stack would end before a budget did. */
const deepestData = 500;
/** The safety net behind the budget, for a machine far slower than any that the budget was measured on. */
const longestMs = 250;
/** So many steps pass between two looks at the clock. */
const stepsPerLook = 4_096;

/** Called with each observed part (by number) and its value. */
export type Recorder = (part: number, value: unknown) => void;

export class Run {
  readonly scope: Scope;
  readonly record: Recorder | undefined;
  #steps: number;
  #bytes: number;
  /** At so many steps left there is something to look at: the end of the budget, or the clock. */
  #lookAt: number;
  #start: number | undefined;
  readonly #depth: number;
  #calls = 0;
  #levels = 0;
  #random: number;

  constructor(scope: Scope, budget: Budget, record?: Recorder) {
    this.scope = scope;
    this.record = record;
    this.#steps = budget.steps;
    this.#lookAt = scope.home.monotonic === undefined ? 0 : budget.steps - stepsPerLook;
    this.#bytes = budget.bytes;
    this.#depth = budget.depth;
    this.#random = scope.seed >>> 0;
  }

  /** Pays for work, before it is done. */
  charge(steps: number): void {
    this.#steps -= steps;
    // not a number is no way around it either
    if (!(this.#steps >= this.#lookAt)) this.#look();
  }

  #look(): void {
    if (!(this.#steps >= 0)) throw new Failure('D1012');
    this.#lookAt = Math.max(0, this.#steps - stepsPerLook);
    const now = this.scope.home.monotonic?.() ?? 0;
    this.#start ??= now;
    if (now - this.#start > longestMs) throw new Failure('too-slow');
  }

  /** Pays for a search in a text, before it is done; in the worst case every character meets every other. */
  search(text: string, wanted: string): void {
    this.charge(1 + (text.length >> 6) + Math.floor((text.length * wanted.length) / 4096));
  }

  /** Pays for text or arrays, before they are made. */
  allocate(bytes: number): void {
    this.#bytes -= bytes;
    if (!(this.#bytes >= 0)) throw new Failure('too-many-bytes');
  }

  /** Pays for an array of this many items, before it is made. */
  allocateItems(items: number): void {
    if (items > this.#steps) throw new Failure('D2015', { value: items });
    this.charge(items);
    this.allocate(items * 8);
  }

  /** Begins a call that counts as `weight` calls. */
  enter(weight: number): void {
    this.#calls += weight;
    if (this.#calls > this.#depth) throw new Failure('D1011');
    this.charge(1);
  }

  leave(weight: number): void {
    this.#calls -= weight;
  }

  /** Goes into the items or fields of a value. */
  descend(): void {
    this.#levels++;
    if (this.#levels > deepestData) throw new Failure('D1011');
  }

  ascend(): void {
    this.#levels--;
  }

  // hot: test/bench/expression.ts
  slot(index: number): unknown {
    const value = this.scope.values[index];
    return value === unread ? this.scope.read(index) : value;
  }

  /** The next number of a small generator (mulberry32): 0 ≤ n < 1, the same for the same seed. */
  random(): number {
    this.#random = (this.#random + 0x6d2b79f5) >>> 0;
    let mixed = this.#random;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}

/** A variable that was not assigned yet: the search goes on in the enclosing frame. */
export const unbound: unique symbol = Symbol('unbound');

/** The variables of one block or call, by slot. */
export class Frame {
  readonly values: unknown[];
  readonly parent: Frame | undefined;

  constructor(size: number, parent: Frame | undefined) {
    this.values = [];
    for (let slot = 0; slot < size; slot++) this.values.push(unbound);
    this.parent = parent;
  }
}

/** Compiled code: what it is evaluated in, the context item (`$`), and the variables. */
export type Code = (run: Run, input: unknown, frame: Frame) => unknown;
