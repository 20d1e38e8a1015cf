// The timers of waiting runs in the list of what comes due: one for each branch that waits for a time.
import type { Timestamp } from '../../base/index.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { DueItem } from './due-item.ts';
import type { Run } from './run.ts';
import { dueOf, type Thread, timerId } from './thread.ts';

export class RunTimers {
  readonly #due: DueHeap<DueItem>;
  /** By run, of runs with several branches. */
  readonly #armed = new Map<string, Set<string>>();

  constructor(due: DueHeap<DueItem>) {
    this.#due = due;
  }

  /** Sets the timers as the branches wait now. Not before a time: devices need a moment to come back. */
  arm(run: Run, notBefore = Number.NEGATIVE_INFINITY): void {
    for (const thread of run.threads) this.#arm(run, thread, notBefore);
    const armed = this.#armed.get(run.id);
    if (armed === undefined) return;
    const current = new Set(run.threads.map(({ number }) => timerId(run.id, number)));
    for (const id of armed) if (!current.has(id)) this.#due.delete(id);
    this.#armed.set(run.id, current);
  }

  disarm(run: Run, thread: Thread): void {
    this.#due.delete(timerId(run.id, thread.number));
  }

  forget(run: Run): void {
    this.#due.delete(run.id);
    for (const id of this.#armed.get(run.id) ?? []) this.#due.delete(id);
    this.#armed.delete(run.id);
  }

  #arm(run: Run, thread: Thread, notBefore: Timestamp): void {
    const id = timerId(run.id, thread.number);
    const due = dueOf(thread.wait);
    if (thread.number > 0 && !this.#armed.has(run.id)) this.#armed.set(run.id, new Set());
    if (due === undefined) {
      this.#due.delete(id);
      return;
    }
    const item = { kind: 'run' as const, run: run.id, thread: thread.number, rule: run.rule.id };
    this.#due.set({ id, at: Math.max(due, notBefore), ...(due < notBefore && { meantFor: due }), item });
  }
}
