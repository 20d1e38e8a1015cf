// The same again: a burst of messages that came to nothing for one cause is told once. Never leaves out a run.
import type { Timestamp } from '../../base/index.ts';
import type { WokenHappening } from './happening.ts';

const againMs = 1000;

export class Repetition {
  /** Of the wake-up that was told last. */
  #cause = '';
  #at: Timestamp = Number.NEGATIVE_INFINITY;

  /** Whether the wake-up told last came to nothing for the same cause, less than a second before. */
  isAgain({ at, ...woken }: WokenHappening): boolean {
    const cause = JSON.stringify(woken);
    const isNothing = woken.code === 'condition' || woken.code === 'refused';
    if (isNothing && cause === this.#cause && at - this.#at < againMs) return true;
    this.#cause = cause;
    this.#at = at;
    return false;
  }
}
