// What waits in a branch of a run for something else than time: one entry for each watch.
import type { Watch } from '../compile/plan.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';
import type { SignalSource, TopicSource } from '../triggers/kind.ts';
import type { Run } from './run.ts';
import type { Thread } from './thread.ts';

/** One watch of one branch. */
export interface Waiter {
  readonly run: Run;
  readonly thread: Thread;
  readonly index: number;
  readonly watch: Watch;
}

export interface TopicWaiter extends Waiter {
  readonly source: TopicSource;
  readonly pattern: TopicPattern;
}

export interface SignalWaiter extends Waiter {
  readonly source: SignalSource;
}
