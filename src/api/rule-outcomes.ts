// Tells how each run ended, on `homerule/rules/ID/outcome`: for clients, past rules and journal. The `rule` trigger is what
// rules have for it.
import type { TraceHead } from '../rules/index.ts';
import type { MessagePort } from './ports.ts';
import { runSummaryOf } from './views.ts';

/** Outcomes that wait for the end of the turn. */
const maxPending = 10_000;
/** Topics remembered. */
const maxTopics = 10_000;
/** What never became a run has no ending. */
const unstarted: ReadonlySet<string> = new Set(['refused', 'conditions-failed', 'running', 'waiting']);

export class RuleOutcomes {
  readonly #broker: Pick<MessagePort, 'announce' | 'isHeard'>;
  /** By rule: a text that is put together anew is looked up much more slowly. */
  readonly #topics = new Map<string, string>();
  #pending: TraceHead[] = [];
  #dropped = 0;

  constructor(broker: Pick<MessagePort, 'announce' | 'isHeard'>) {
    this.#broker = broker;
  }

  /** Not told because too many runs ended in one turn. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Sent in a microtask: never from inside the broker's own publish. Nothing is made of what nobody would get. */
  // hot: test/bench/engine.ts
  ended(head: TraceHead): void {
    if (unstarted.has(head.status) || !this.#broker.isHeard(this.#topicOf(head))) return;
    if (this.#pending.length >= maxPending) {
      this.#dropped++;
      return;
    }
    if (this.#pending.push(head) === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const head of pending) {
      const { id: run, rule, status: outcome, ...rest } = runSummaryOf(head);
      const payload = Buffer.from(JSON.stringify({ rule, run, outcome, ...rest }));
      this.#broker.announce({ topic: this.#topicOf(head), payload, by: rule });
    }
  }

  #topicOf({ rule }: TraceHead): string {
    const known = this.#topics.get(rule);
    if (known !== undefined) return known;
    if (this.#topics.size >= maxTopics) this.#topics.clear();
    const topic = `homerule/rules/${rule}/outcome`;
    this.#topics.set(rule, topic);
    return topic;
  }
}
