// The breaker of one rule: too many runs in a short time and it opens, so that a loop cannot take the house with it.
import type { Timestamp } from '../../base/index.ts';

export interface BreakerLimits {
  /** Runs within the window that open it; 0: never. */
  readonly runs: number;
  readonly inMs: number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** After this long an open breaker lets runs through again, to see whether it is over. */
const openMs = 60_000;
/** Runs let through while half open; when the window passes with no more than that, it closes. */
const trialRuns = 10;

/** Counts in two half windows, so that nothing is kept per run. */
export class Breaker {
  readonly #limits: BreakerLimits;
  #openedAt: Timestamp | undefined;
  #halfOpenAt: Timestamp | undefined;
  #windowFrom: Timestamp = Number.NEGATIVE_INFINITY;
  #inWindow = 0;
  #inLastWindow = 0;

  constructor(limits: BreakerLimits) {
    this.#limits = limits;
  }

  stateAt(at: Timestamp): BreakerState {
    if (this.#openedAt !== undefined && this.#isOpenAt(at, this.#openedAt)) return 'open';
    return this.#openedAt === undefined && this.#halfOpenAt === undefined ? 'closed' : 'half-open';
  }

  /** Whether one more run may begin; counts it when it may. */
  // hot: test/bench/engine.ts
  take(at: Timestamp): boolean {
    if (this.#limits.runs === 0) return true;
    if (this.#openedAt !== undefined) {
      if (this.#isOpenAt(at, this.#openedAt)) return false;
      this.#openedAt = undefined;
      this.#halfOpenAt = at;
      this.#startWindow(at);
    }
    this.#turnWindow(at);
    this.#inWindow++;
    const most = this.#halfOpenAt === undefined ? this.#limits.runs : Math.min(trialRuns, this.#limits.runs);
    if (this.#inWindow + this.#inLastWindow <= most) return true;
    this.#openedAt = at;
    this.#halfOpenAt = undefined;
    return false;
  }

  /** Not before it was opened: the clock was set back then. */
  #isOpenAt(at: Timestamp, openedAt: Timestamp): boolean {
    return at >= openedAt && at < openedAt + openMs;
  }

  #startWindow(at: Timestamp): void {
    this.#windowFrom = at;
    this.#inWindow = 0;
    this.#inLastWindow = 0;
  }

  /** The count of a half window stays for one more, so a burst over its edge is seen whole. */
  #turnWindow(at: Timestamp): void {
    const half = this.#limits.inMs / 2;
    const passed = at - this.#windowFrom;
    if (passed < half && passed >= 0) return;
    this.#inLastWindow = passed < 2 * half && passed >= 0 ? this.#inWindow : 0;
    this.#inWindow = 0;
    this.#windowFrom = at;
    if (this.#halfOpenAt !== undefined && at >= this.#halfOpenAt + this.#limits.inMs)
      this.#halfOpenAt = undefined;
  }
}
