// How often something is said, from counts that are read now and then.

/** Readings closer together say nothing. */
const leastMs = 900;

interface Reading {
  readonly count: number;
  readonly at: number;
  readonly perSecond: number | undefined;
}

export class Rates {
  readonly #now: () => number;
  readonly #readings = new Map<string, Reading>();

  constructor(now: () => number) {
    this.#now = now;
  }

  of(name: string): number | undefined {
    return this.#readings.get(name)?.perSecond;
  }

  take(name: string, count: number): void {
    const at = this.#now();
    const before = this.#readings.get(name);
    if (before === undefined) {
      this.#readings.set(name, { count, at, perSecond: undefined });
      return;
    }
    const passed = at - before.at;
    if (passed < leastMs) return;
    const perSecond = Math.max(0, ((count - before.count) * 1_000) / passed);
    this.#readings.set(name, { count, at, perSecond });
  }
}
