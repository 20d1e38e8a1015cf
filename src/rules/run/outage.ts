// Times in which the house was down and heard nothing: they are no part of a silence.
import type { Duration, Timestamp } from '../../base/index.ts';

export type Outage = readonly [from: Timestamp, to: Timestamp];

/** Of the latest; what was before counts as heard. */
const maxOutages = 50;

/** With one more, unless it is known. */
export function withOutage(outages: readonly Outage[], outage: Outage | undefined): readonly Outage[] {
  if (outage === undefined || outages.some(([from]) => from === outage[0])) return outages;
  return [...outages, outage].slice(-maxOutages);
}

/** When somebody has listened for so long since `from`. Outages in order of time. */
export function heardOutAt(from: Timestamp, forMs: Duration, outages: readonly Outage[]): Timestamp {
  return outages.reduce(
    (due, [down, up]) => (due <= down ? due : due + Math.max(0, up - Math.max(down, from))),
    from + forMs,
  );
}

/** How much of a stretch of time nobody heard. */
export function unheardMs([from, to]: Outage, outages: readonly Outage[]): number {
  return outages.reduce((ms, [down, up]) => ms + Math.max(0, Math.min(up, to) - Math.max(down, from)), 0);
}

/** What becomes of a time when the clock was set. */
export type Move = (time: Timestamp) => Timestamp;

export function movedOutage([from, to]: Outage, move: Move): Outage {
  return [move(from), move(to)];
}
