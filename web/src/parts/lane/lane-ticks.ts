// What happened when, on a lane of time: which ticks are drawn, and which is the next one.

export interface LaneTick {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: 'same' | 'added' | 'removed' | 'did' | 'not' | 'failed';
}

export type LaneRange = readonly [from: number, to: number];

/** As a share of the lane; 0 and 1 are its ends. */
export function placeOf(at: number, [from, to]: LaneRange): number {
  return Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
}

/** One tick for each place and kind: thousands of runs are as many elements as the lane is wide. */
export function drawnTicks(ticks: readonly LaneTick[], range: LaneRange, places = 300): readonly LaneTick[] {
  const drawn = new Map<string, LaneTick>();
  for (const tick of ticks) {
    if (tick.at < range[0] || tick.at > range[1]) continue;
    const key = `${tick.kind} ${Math.round(placeOf(tick.at, range) * places)}`;
    if (!drawn.has(key)) drawn.set(key, tick);
  }
  return [...drawn.values()];
}

/** The tick before or after a moment; undefined at the end of the lane. */
export function nextTick(ticks: readonly LaneTick[], at: number, step: 1 | -1): number | undefined {
  const times = ticks.map((tick) => tick.at).filter((time) => (time - at) * step > 0);
  if (times.length === 0) return undefined;
  return step > 0 ? Math.min(...times) : Math.max(...times);
}

/** The tick that was meant by a touch near it. */
export function nearestTick(ticks: readonly LaneTick[], at: number, withinMs: number): number | undefined {
  let nearest: number | undefined;
  for (const tick of ticks) {
    const distance = Math.abs(tick.at - at);
    if (distance > withinMs) continue;
    if (nearest === undefined || distance < Math.abs(nearest - at)) nearest = tick.at;
  }
  return nearest;
}
