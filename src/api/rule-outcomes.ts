// Tells how each run ended, on `homerule/rules/ID/outcome`: for clients, past rules and journal. The `rule` trigger is what
// rules have for it.
import type { Trace } from '../rules/index.ts';
import type { MessagePort } from './ports.ts';
import { runSummaryOf } from './views.ts';

/** Outcomes that wait for the end of the turn. */
const maxPending = 10_000;
/** What never became a run has no ending. */
const unstarted: ReadonlySet<string> = new Set(['refused', 'conditions-failed', 'running', 'waiting']);

export class RuleOutcomes {
  readonly #broker: Pick<MessagePort, 'announce'>;
  #pending: Trace[] = [];
  #dropped = 0;

  constructor(broker: Pick<MessagePort, 'announce'>) {
    this.#broker = broker;
  }

  /** Not told because too many runs ended in one turn. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Sent in a microtask: never from inside the broker's own publish. */
  ended(trace: Trace): void {
    if (unstarted.has(trace.status)) return;
    if (this.#pending.length >= maxPending) {
      this.#dropped++;
      return;
    }
    if (this.#pending.push(trace) === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const trace of pending) {
      const { id: run, rule, status: outcome, ...rest } = runSummaryOf(trace);
      const payload = Buffer.from(JSON.stringify({ rule, run, outcome, ...rest }));
      this.#broker.announce({ topic: `homerule/rules/${rule}/outcome`, payload, by: rule });
    }
  }
}
