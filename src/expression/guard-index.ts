// Many comparisons of one value with constants at once: equal ones by hash, thresholds by their order. It may select
// a comparison that fails after all, and never leaves out one that could hold or fail with an error.
import type { GuardTest } from './contract.ts';

export interface IndexedGuard {
  readonly test: GuardTest;
  /** Missing is not the end of it: what comes after must be looked at. */
  readonly keepsMissing: boolean;
}

/** Numbers of guards, filled anew for every value. */
export class Positions {
  readonly items: Int32Array;
  count = 0;

  constructor(most: number) {
    this.items = new Int32Array(most);
  }

  addAll(positions: Int32Array): void {
    this.items.set(positions, this.count);
    this.count += positions.length;
  }
}

interface Threshold {
  readonly position: number;
  readonly constant: number;
}

/** Comparisons with one operator, in such an order that those which hold come first. */
class Thresholds {
  readonly #constants: Float64Array;
  readonly #positions: Int32Array;
  /** -1 for `<` and `<=`, which are `>` and `>=` of the opposite numbers. */
  readonly #sign: number;
  readonly #holdsWhenEqual: boolean;

  constructor(operator: '<' | '<=' | '>' | '>=', thresholds: readonly Threshold[]) {
    const sign = operator.startsWith('<') ? -1 : 1;
    const sorted = thresholds
      .map(({ position, constant }) => ({ position, constant: sign * constant }))
      .sort((a, b) => a.constant - b.constant);
    this.#sign = sign;
    this.#holdsWhenEqual = operator.endsWith('=');
    this.#constants = Float64Array.from(sorted, ({ constant }) => constant);
    this.#positions = Int32Array.from(sorted, ({ position }) => position);
  }

  // hot: test/bench/expression.ts
  select(value: number, into: Positions): void {
    const found = this.#sign * value;
    let [low, high] = [0, this.#constants.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const constant = this.#constants[middle] ?? 0;
      if (constant < found || (constant === found && this.#holdsWhenEqual)) low = middle + 1;
      else high = middle;
    }
    if (low > 0) into.addAll(this.#positions.subarray(0, low));
  }
}

function positionsOf(guards: readonly IndexedGuard[], wants: (guard: IndexedGuard) => boolean): Int32Array {
  return Int32Array.from(guards.flatMap((guard, position) => (wants(guard) ? [position] : [])));
}

function hashOf(guards: readonly IndexedGuard[]): Map<unknown, Int32Array> {
  const lists = new Map<unknown, Set<number>>();
  for (const [position, { test }] of guards.entries()) {
    if (test.operator !== '=') continue;
    for (const constant of test.constants) {
      const list = lists.get(constant) ?? new Set();
      lists.set(constant, list.add(position));
    }
  }
  return new Map([...lists].map(([constant, list]) => [constant, Int32Array.from(list)]));
}

function thresholdsOf(guards: readonly IndexedGuard[]): Thresholds[] {
  const operators = ['<', '<=', '>', '>='] as const;
  return operators.flatMap((operator) => {
    const own = guards.flatMap(({ test }, position) =>
      test.operator === operator ? [{ position, constant: test.constant }] : [],
    );
    return own.length === 0 ? [] : [new Thresholds(operator, own)];
  });
}

const isOrder = ({ test }: IndexedGuard): boolean => test.operator !== '=' && test.operator !== 'true';
const isTruth = ({ test }: IndexedGuard): boolean => test.operator === 'true';

/** Guards that read the same value; each is known by its number in the list. */
export class GuardIndex {
  readonly #equal: ReadonlyMap<unknown, Int32Array>;
  readonly #thresholds: readonly Thresholds[];
  readonly #orders: Int32Array;
  readonly #ordersWhenMissing: Int32Array;
  readonly #truths: Int32Array;
  readonly #truthsWhenMissing: Int32Array;

  constructor(guards: readonly IndexedGuard[]) {
    this.#equal = hashOf(guards);
    this.#thresholds = thresholdsOf(guards);
    this.#orders = positionsOf(guards, isOrder);
    this.#ordersWhenMissing = positionsOf(guards, (guard) => isOrder(guard) && guard.keepsMissing);
    this.#truths = positionsOf(guards, isTruth);
    this.#truthsWhenMissing = positionsOf(guards, (guard) => isTruth(guard) && guard.keepsMissing);
  }

  /** Adds the guards that do not fail for the value. */
  // hot: test/bench/expression.ts
  select(value: unknown, into: Positions): void {
    const equal = this.#equal.get(value);
    if (equal !== undefined) into.addAll(equal);
    // null counts as missing in an order comparison; what is no number may be an error
    if (typeof value === 'number') for (const thresholds of this.#thresholds) thresholds.select(value, into);
    else into.addAll(value === undefined || value === null ? this.#ordersWhenMissing : this.#orders);
    if (value === undefined) into.addAll(this.#truthsWhenMissing);
    else if (value !== false && value !== null) into.addAll(this.#truths);
  }
}
