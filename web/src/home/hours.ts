// Runs counted by the hour, for the strip of the last day.
import type { RunSummary } from '../api/types.ts';
import { toneOf } from '../parts/outcome.tsx';

const hourMs = 3_600_000;

export interface Hour {
  /** Where it begins. */
  readonly at: number;
  readonly did: number;
  readonly not: number;
  readonly failed: number;
}

/** The last 24 hours, the oldest first; the last one is not over. */
export function hoursOf(runs: readonly RunSummary[], now: number): readonly Hour[] {
  const newest = Math.floor(now / hourMs);
  const byHour = Map.groupBy(runs, ({ at }) => Math.floor(at / hourMs));
  return Array.from({ length: 24 }, (_, index) => {
    const hour = newest - 23 + index;
    const tones = Map.groupBy(byHour.get(hour) ?? [], ({ status }) => toneOf(status));
    const countOf = (tone: 'good' | 'bad' | 'wait' | 'quiet'): number => tones.get(tone)?.length ?? 0;
    return {
      at: hour * hourMs,
      did: countOf('good'),
      failed: countOf('bad'),
      not: countOf('quiet') + countOf('wait'),
    };
  });
}
