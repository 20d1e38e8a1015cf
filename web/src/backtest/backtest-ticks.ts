// A backtest on a lane: what stays as it is, what comes, what goes.
import type { BacktestFiringView, BacktestView } from '../api/types.ts';
import type { LaneTick } from '../parts/lane/lane-ticks.ts';

export interface PastFiring extends LaneTick {
  readonly firing: BacktestFiringView;
}

function asTick(firing: BacktestFiringView, kind: LaneTick['kind']): PastFiring {
  return { at: firing.at, kind, firing };
}

/** Oldest first. Without a comparison all of them just happened. */
export function firingsOf({ firings, difference }: Pick<BacktestView, 'firings' | 'difference'>) {
  if (!difference) return firings.map((firing) => asTick(firing, 'did'));
  const added = new Set(difference.added.map(({ at }) => at));
  return [
    ...firings.map((firing) => asTick(firing, added.has(firing.at) ? 'added' : 'same')),
    ...difference.removed.map((firing) => asTick(firing, 'removed')),
  ].sort((a, b) => a.at - b.at);
}

/** How often what is in force fired. */
export function firedBefore({ fired, difference }: Pick<BacktestView, 'fired' | 'difference'>): number {
  return difference ? fired - difference.counts.added + difference.counts.removed : fired;
}
