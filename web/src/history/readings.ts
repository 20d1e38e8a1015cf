// What the history says of one value, made ready to be drawn: numbers become a line, everything else stretches of states.
import type { HistoryView } from '../api/types.ts';
import type { ChartPoint } from '../parts/chart/chart-data.ts';
import type { Stretch } from '../parts/chart/lane-data.ts';
import type { Range } from '../parts/chart/range.ts';

type Points = HistoryView['points'];

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : undefined;
}

function pointOf({ at, mean, last, min, max }: Points[number]): ChartPoint {
  const band = min === undefined || max === undefined ? {} : { min, max };
  return { at, value: mean ?? asNumber(last), ...band };
}

/** Behind a stretch nothing came for longer than another one: the value stayed, and did not creep to the next. */
function heldAfter(point: Points[number], next: number | undefined, widthMs: number): readonly ChartPoint[] {
  const from = point.at + widthMs;
  const value = asNumber(point.last);
  if (widthMs === 0 || next === undefined || value === undefined || next - from < widthMs) return [];
  const band = point.min === undefined ? {} : { min: value, max: value };
  return [from, next - 1].map((at) => ({ at, value, ...band }));
}

export function pointsOf({
  points,
  widthMs,
}: Pick<HistoryView, 'points' | 'widthMs'>): readonly ChartPoint[] {
  return points.flatMap((point, index) => [
    pointOf(point),
    ...heldAfter(point, points[index + 1]?.at, widthMs),
  ]);
}

/** Texts and booleans are states; so is a number that says nothing but a name. */
export function isStates({ points }: Pick<HistoryView, 'points'>): boolean {
  return points.some(({ last }) => last !== undefined && typeof last !== 'number');
}

/** Each value lasts until the next; the last one until the end of what is shown. */
export function stretchesOf(points: Points, [, end]: Range): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, { at, last, changes }] of points.entries()) {
    const to = Math.max(at, points[index + 1]?.at ?? end);
    const text = last === undefined ? '' : String(last);
    const isMixed = changes > 1;
    const before = stretches.at(-1);
    if (before && before.text === text && !before.isMixed && !isMixed)
      stretches[stretches.length - 1] = { ...before, to };
    else stretches.push({ from: at, to, text, isMixed });
  }
  return stretches;
}

/** What it was at a moment: the latest point until then. */
export function valueAt(points: Points, at: number): number | string | boolean | undefined {
  const point = points.findLast((one) => one.at <= at);
  if (point === undefined) return undefined;
  return typeof point.last === 'number' || point.last === undefined ? (point.mean ?? point.last) : point.last;
}
