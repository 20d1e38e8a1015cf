// A stretch of time that is looked at, in epoch milliseconds, and how a hand changes it.
export type Range = readonly [from: number, to: number];

const shortestMs = 1_000;
const longestMs = 10 * 366 * 86_400_000;

/** Shorter for a factor below 1; what is under the hand stays there. */
export function zoomed([from, to]: Range, at: number, factor: number): Range {
  const length = Math.min(longestMs, Math.max(shortestMs, (to - from) * factor));
  const share = to > from ? (at - from) / (to - from) : 0.5;
  const start = Math.round(at - length * share);
  return [start, Math.round(start + length)];
}

export function moved([from, to]: Range, ms: number): Range {
  return [Math.round(from + ms), Math.round(to + ms)];
}
