// One evaluation in progress: what it sees, what it may still use, what it records. Never shared between evaluations.
import type { Budget, Scope } from './contract.ts';
import { unread } from './contract.ts';
import { Failure } from './errors.ts';

export const defaultBudget: Budget = { steps: 100_000, bytes: 4 * 1024 * 1024, depth: 200 };

/** Called with each observed part (by number) and its value. */
export type Recorder = (part: number, value: unknown) => void;

export class Run {
  readonly scope: Scope;
  readonly record: Recorder | undefined;
  #steps: number;
  #bytes: number;
  readonly #depth: number;
  #calls = 0;
  #random: number;
  /** Whether values were put inside others: then the result may hold what must not leave the evaluator. */
  hasNested = false;

  constructor(scope: Scope, budget: Budget, record?: Recorder) {
    this.scope = scope;
    this.record = record;
    this.#steps = budget.steps;
    this.#bytes = budget.bytes;
    this.#depth = budget.depth;
    this.#random = scope.seed >>> 0;
  }

  /** Pays for work, before it is done. */
  charge(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new Failure('D1012');
  }

  /** Pays for text or arrays, before they are made. */
  allocate(bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes < 0) throw new Failure('too-many-bytes');
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
