// Which of the times that nobody saw are made up for: the latest one, or as many of the latest as may be.
import type { Timestamp } from '../../base/index.ts';

/** The first time after an instant; undefined: never again. */
export type NextTime = (after: Timestamp) => Timestamp | undefined;

export interface Making {
  readonly now: Timestamp;
  /** As many of the latest count. */
  readonly limit: number;
  /** What lies further back from now does not count. */
  readonly withinMs: number;
}

/** Whether more than so many times lie behind `after`, up to `now`. */
function hasMore(next: NextTime, after: Timestamp, { now, limit }: Making): boolean {
  let from = after;
  for (let count = 0; count <= limit; count++) {
    const time = next(from);
    if (time === undefined || time > now) return false;
    from = time;
  }
  return true;
}

/** The instant behind `after` from which on times are made up for. */
export function missedFrom(next: NextTime, after: Timestamp, making: Making): Timestamp {
  const { now, withinMs } = making;
  let from = Math.max(after, now - withinMs - 1);
  if (!hasMore(next, from, making)) return from;
  let enough = now;
  while (enough - from > 1) {
    const middle = Math.floor((from + enough) / 2);
    if (hasMore(next, middle, making)) from = middle;
    else enough = middle;
  }
  return enough;
}
