// What a lane shows: states that last, or moments.
import type { Handling } from './make-plot.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** It was different things in this time; too short to tell apart. */
  readonly isMixed: boolean;
}

export type MarkTone = 'good' | 'quiet' | 'wait' | 'bad';

export interface Mark {
  readonly key: string;
  readonly at: number;
  readonly tone: MarkTone;
}

export interface LaneProps extends Handling {
  /** Says what is drawn to who cannot see it. */
  readonly label: string;
  readonly stretches?: readonly Stretch[];
  readonly marks?: readonly Mark[];
  readonly onMark?: (key: string) => void;
  readonly height?: number;
}

/** The one that a hand means: the nearest within `most` milliseconds. */
export function nearestMark(marks: readonly Mark[], at: number, most: number): Mark | undefined {
  const near = marks
    .map((mark) => ({ mark, distance: Math.abs(mark.at - at) }))
    .filter(({ distance }) => distance <= most);
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.mark;
}
