// Times that expressions give: clock text is that time of every local day, an instant (epoch milliseconds or ISO) counts
// once. An expression that reads the clock is asked anew for each day that is looked at.
import { shownValue, type Timestamp } from '../../base/index.ts';
import type { HomeView, Scope } from '../../expression/index.ts';
import type { Reads } from '../compile/reads.ts';
import type { ValueNode } from '../compile/text.ts';
import { evaluateValue, RunError } from '../run/evaluate.ts';
import { parseClockText } from './clock-text.ts';
import type { Days } from './days.ts';
import { dayMs, LocalDays } from './local-days.ts';

/** Days that are looked at: for constants every kind of day comes within; asking an expression costs more. */
const mostDays = { constant: 400, clock: 32 } as const;
/** Of one expression that gives a list. */
const mostTimes = 1000;
const isoText = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

export interface ComputedTimesOptions {
  readonly node: ValueNode;
  readonly reads: Reads;
  readonly path: string;
  readonly days: Days;
  readonly zone: string;
}

export class ComputedTimes {
  readonly #options: ComputedTimesOptions;
  readonly #local: LocalDays;

  constructor(options: ComputedTimesOptions) {
    this.#options = options;
    this.#local = new LocalDays(options.zone);
  }

  /** Throws RunError for what is no time. */
  next(after: Timestamp, scope: Scope): Timestamp | undefined {
    const { time } = this.#local;
    const today = this.#local.of(after);
    const readsClock = this.#options.reads.clocks.length > 0;
    const last = today + (readsClock ? mostDays.clock : mostDays.constant) * dayMs;
    let values = this.#valuesAt(after, scope);
    let best: Timestamp | undefined;
    for (let day = today - dayMs; day <= last && values.length > 0; day += dayMs) {
      if (readsClock && day > today) values = this.#valuesAt(time.instant(day), scope);
      for (const value of values) {
        const at = this.#timeOn(day, value, scope.home);
        if (at !== undefined && at > after && (best === undefined || at < best)) best = at;
      }
      if (best !== undefined && best < time.instant(day + dayMs)) return best;
    }
    return best;
  }

  /** A missing value is no time at all: the schedule rests until there is one. */
  #valuesAt(at: Timestamp, scope: Scope): readonly unknown[] {
    const { values, home, seed } = scope;
    const view = { values, read: (slot: number) => scope.read(slot), at, home, seed };
    try {
      const value = evaluateValue(this.#options.node, { scope: view, record: undefined });
      return Array.isArray(value) ? value.slice(0, mostTimes).flat() : [value];
    } catch (error) {
      if (error instanceof RunError && error.code === 'missing-value') return [];
      throw error;
    }
  }

  #timeOn(day: number, value: unknown, { calendar }: HomeView): Timestamp | undefined {
    const on = { days: this.#options.days, calendar };
    const clock = typeof value === 'string' ? parseClockText(value) : undefined;
    if (clock !== undefined)
      return this.#local.has(day, on) ? this.#local.time.instant(day + clock) : undefined;
    const once = this.#instantOf(value);
    return this.#local.has(this.#local.of(once), on) ? once : undefined;
  }

  /** ISO text without an offset is local. */
  #instantOf(value: unknown): Timestamp {
    if (typeof value === 'number' && Number.isSafeInteger(Math.round(value))) return Math.round(value);
    const iso = typeof value === 'string' ? isoText.exec(value) : null;
    const [text = '', offset] = iso ?? [];
    const at = iso === null ? Number.NaN : Date.parse(offset === undefined ? `${text}Z` : text);
    if (!Number.isNaN(at)) return offset === undefined ? this.#local.time.instant(at) : at;
    const words = 'expected "HH:MM", "HH:MM:SS", epoch milliseconds or ISO text';
    const { path } = this.#options;
    throw new RunError('bad-time', `${JSON.stringify(value)} is no time; ${words}`, {
      path,
      params: { why: 'computed', value: shownValue(value) },
    });
  }
}
