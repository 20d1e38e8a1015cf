// What the end of a run leads to: its trace, the news of it for other rules, the answer for whoever waits.
import type { Timestamp } from '../../base/index.ts';
import type { EngineSink } from '../ports.ts';
import type { LateTrace, Trace } from '../trace/trace.ts';
import { maxDepth, type Outlet } from './outlet.ts';
import type { RuleBook } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import type { Waits } from './waits.ts';

export interface EndingsHouse {
  readonly sink: EngineSink;
  readonly outlet: Outlet;
  readonly book: RuleBook;
  readonly waits: Waits;
}

export class Endings {
  readonly #house: EndingsHouse;
  /** Calls that wait for the end of a run, by its id. */
  readonly #calls = new Map<string, string>();

  constructor(house: EndingsHouse) {
    this.#house = house;
  }

  /** The end of this run answers a call. */
  expect(run: string, call: string): void {
    this.#calls.set(run, call);
  }

  /** `depth`: rules between the run and the outside; undefined for what never ran. */
  // hot: test/bench/engine.ts
  take(trace: LateTrace, state: RuleState | undefined, depth?: number): void {
    const { head } = trace;
    if (state !== undefined) state.last = head;
    this.#house.sink.trace(trace);
    const isTold = state?.rule.isShadow !== true;
    if (isTold && depth !== undefined && depth < maxDepth) this.#tell(trace, depth);
    const call = this.#calls.size === 0 ? undefined : this.#calls.get(head.id);
    if (call === undefined) return;
    this.#calls.delete(head.id);
    this.answer(call, trace.read(), head.endedAt ?? head.at);
  }

  /** Whoever waits for the end of a run gets it. */
  answer(
    call: string | undefined,
    { status: outcome, reason, result }: Pick<Trace, 'status' | 'reason' | 'result'>,
    at: Timestamp,
  ): void {
    if (call === undefined) return;
    const more = { ...(reason !== undefined && { reason }), ...(result !== undefined && { result }) };
    const value = { outcome, ...more };
    this.#house.outlet.push({ kind: 'answer', at, call, answer: { ok: true, value } });
  }

  /** Rules that listen to the end of others hear of it behind the present input. */
  #tell(trace: LateTrace, depth: number): void {
    const { book, waits, outlet } = this.#house;
    if (!book.isHeard('rule') && !waits.isHeard('rule')) return;
    const { id: cause, rule, status, result, endedAt, at } = trace.read();
    const source = { origin: 'rule', by: rule, depth: depth + 1, cause } as const;
    const signal = { kind: 'signal', signal: 'rule', name: rule, value: status, data: result } as const;
    outlet.push({ ...signal, ...source, at: endedAt ?? at });
  }
}
