// What is to be looked at when the clock alone may have changed it. One timer in the list of what comes due stands for
// all of it: a look is one input, however many rules read the clock.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Reads } from '../compile/reads.ts';
import { ClockForecast } from '../schedule/clock-forecast.ts';
import { DueHeap } from '../schedule/due-heap.ts';
import type { ConditionEntry } from './candidate.ts';
import type { DueItem } from './due-item.ts';
import type { SilenceLook } from './silence-watch.ts';
import type { Waiter } from './waiter.ts';

export type Look =
  | { readonly kind: 'trigger'; readonly entry: ConditionEntry }
  | { readonly kind: 'wait'; readonly waiter: Waiter }
  | ({ readonly kind: 'silence' } & SilenceLook);

/** The timer of all looks; no rule and no run has such an id. */
export const lookTimer = '/clock';

interface Armed {
  readonly look: Look;
  /** The reading of the clock that it was computed from. */
  readonly from: Timestamp;
}

export class Looks {
  readonly #due: DueHeap<DueItem>;
  readonly #looks = new DueHeap<Armed>();
  readonly #forecast: ClockForecast;
  #latest: Timestamp = Number.NEGATIVE_INFINITY;

  constructor(due: DueHeap<DueItem>, home: HomeView) {
    this.#due = due;
    this.#forecast = new ClockForecast(home);
  }

  /** Sets when to look next, after `at`; what does not read the clock never is. */
  set(id: string, { look, reads }: { look: Look; reads: Reads }, at: Timestamp): void {
    if (reads.clocks.length === 0) return;
    const next = this.#forecast.next(reads.clocks, at);
    if (next === undefined) return this.delete(id);
    this.setAt(id, look, { due: next, at });
  }

  /** Sets when to look; `at` is the reading of the clock that `due` was computed from. */
  setAt(id: string, look: Look, { due, at }: { readonly due: Timestamp; readonly at: Timestamp }): void {
    this.#latest = Math.max(this.#latest, at);
    this.#looks.set({ id, at: due, item: { look, from: at } });
    this.#arm();
  }

  find(id: string): Look | undefined {
    return this.#looks.find(id)?.item.look;
  }

  delete(id: string): void {
    if (this.#looks.find(id) === undefined) return;
    this.#looks.delete(id);
    this.#arm();
  }

  /** What is due, and what was computed from a clock that was set back since. It has to be set again. */
  take(at: Timestamp): readonly Look[] {
    const taken: Look[] = [];
    if (at < this.#latest) {
      for (const { id, item } of [...this.#looks.values()]) {
        if (item.from <= at) continue;
        this.#looks.delete(id);
        taken.push(item.look);
      }
    }
    this.#latest = at;
    for (let due = this.#looks.take(at); due; due = this.#looks.take(at)) taken.push(due.item.look);
    this.#arm();
    return taken;
  }

  /** The wall clock was set: everything is looked at once. */
  clockSet(now: Timestamp): void {
    if (this.#looks.size > 0) this.#due.set({ id: lookTimer, at: now, item: { kind: 'look' } });
  }

  #arm(): void {
    const next = this.#looks.peek();
    if (next === undefined) this.#due.delete(lookTimer);
    else if (this.#due.find(lookTimer)?.at !== next.at)
      this.#due.set({ id: lookTimer, at: next.at, item: { kind: 'look' } });
  }
}
