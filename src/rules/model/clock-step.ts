// What a wait has to do with a step of the wall clock: its times are those of the clock as it was when it began.
import type { Timestamp } from '../../base/index.ts';

/**
 * Whether what began at `since` moves with a step to `at`. A clock is set forward because it was far behind: what a
 * process before that kept by a clock that was right seems to lie ahead of it, and stays.
 */
export function isCarried(since: Timestamp, at: Timestamp, stepMs: number): boolean {
  return stepMs < 0 || since <= at - stepMs;
}

const dayMs = 86_400_000;

/** Whether a step went over times of the day that have come then, as if the machine had slept; else they are others. */
export function wentOver(stepMs: number): boolean {
  return stepMs > 0 && stepMs <= dayMs;
}
