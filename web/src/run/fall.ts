// Where the time of a run went: its actions on one axis. A wait that would leave no room for the rest is drawn short, and
// the axis says so.
import type { Trace, TraceStep } from '../api/types.ts';
import { isOver } from './way.ts';

export interface FallRow {
  readonly path: string;
  readonly verb: string;
  readonly at: number;
  readonly end: number;
  /** It waits still; it ends by itself then. */
  readonly isOpen: boolean;
  readonly hasFailed: boolean;
}

/** A stretch of the axis. Its place and width are shares of it. */
export interface FallSpan {
  readonly from: number;
  readonly to: number;
  readonly place: number;
  readonly width: number;
  /** Drawn shorter than it was. */
  readonly isBroken: boolean;
}

export interface Fall {
  readonly start: number;
  readonly end: number;
  readonly rows: readonly FallRow[];
  readonly spans: readonly FallSpan[];
}

/** Runs that ended at once have nothing to draw. */
const shortestMs = 20;
/** A stretch is cut when it is so many times longer than all the shorter ones together. */
const tooLong = 10;
/** How long a cut one is drawn: as a share of all the others together. */
const drawnCut = 0.5;

function rowOf({ path, verb, at, durationMs, error }: TraceStep): FallRow {
  return { path, verb, at, end: at + durationMs, isOpen: false, hasFailed: error !== undefined };
}

/** Waits that are not over began when the last thing before them ended. */
function openRows(trace: Trace, waits: ReadonlyMap<string, number>): readonly FallRow[] {
  if (isOver(trace)) return [];
  const since = Math.max(trace.at, ...trace.steps.map(({ at, durationMs }) => at + durationMs));
  return [...waits].map(([path, due]) => {
    const end = Math.max(since, due);
    return { path, verb: 'wait', at: since, end, isOpen: true, hasFailed: false };
  });
}

/** From here on stretches are cut. */
function limitOf(lengths: readonly number[]): number {
  let sum = 0;
  for (const length of lengths.toSorted((a, b) => a - b)) {
    if (sum >= shortestMs && length > tooLong * sum) return length;
    sum += length;
  }
  return Number.POSITIVE_INFINITY;
}

export function spansOf(moments: readonly number[]): readonly FallSpan[] {
  const marks = [...new Set(moments)].toSorted((a, b) => a - b);
  const stretches = marks.slice(1).map((to, index) => ({ from: marks[index] ?? to, to }));
  const lengths = stretches.map(({ from, to }) => to - from);
  const limit = limitOf(lengths);
  const whole = lengths.filter((length) => length < limit).reduce((sum, length) => sum + length, 0);
  const drawn = lengths.map((length) => (length < limit ? length : whole * drawnCut));
  const total = Math.max(
    1,
    drawn.reduce((sum, length) => sum + length, 0),
  );
  let place = 0;
  return stretches.map(({ from, to }, index) => {
    const width = (drawn[index] ?? 0) / total;
    const span = { from, to, place, width, isBroken: to - from >= limit };
    place += width;
    return span;
  });
}

/** As a share of the axis. */
export function placeIn(spans: readonly FallSpan[], at: number): number {
  const span = spans.find(({ to }) => at <= to) ?? spans.at(-1);
  if (span === undefined) return 0;
  const part = (Math.min(span.to, Math.max(span.from, at)) - span.from) / Math.max(1, span.to - span.from);
  return span.place + part * span.width;
}

/** Undefined: there is nothing to see. What took no time and did nothing is left out. */
export function fallOf(trace: Trace, waits: ReadonlyMap<string, number>): Fall | undefined {
  const told = trace.steps.filter(({ durationMs, effects, error }) => durationMs >= 1 || effects || error);
  const rows = [...told.map(rowOf), ...openRows(trace, waits)].toSorted((a, b) => a.at - b.at);
  if (!rows.some(({ at, end }) => end - at >= shortestMs)) return undefined;
  const start = Math.min(trace.at, ...rows.map(({ at }) => at));
  const end = Math.max(...rows.map((row) => row.end));
  const spans = spansOf([start, ...rows.flatMap((row) => [row.at, row.end])]);
  return { start, end, rows, spans };
}
