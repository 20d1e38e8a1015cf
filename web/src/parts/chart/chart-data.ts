// What a chart shows, and how several series come to share one time axis.
import type { Handling } from './make-plot.ts';

export interface ChartPoint {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value: number | undefined;
  /** Of the stretch that the point stands for. */
  readonly min?: number;
  readonly max?: number;
}

export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly unit?: string;
  readonly points: readonly ChartPoint[];
}

export interface ChartProps extends Handling {
  /** Says what is drawn to who cannot see it. */
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly height?: number;
}

export type Column = (number | null)[];

export interface Aligned {
  readonly times: number[];
  /** For each series its values, then its least and greatest where there are any. */
  readonly columns: readonly { readonly value: Column; readonly min: Column; readonly max: Column }[];
}

export function hasBand({ points }: ChartSeries): boolean {
  return points.some(({ min, max }) => min !== undefined && max !== undefined && min < max);
}

export function aligned(series: readonly ChartSeries[]): Aligned {
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (a, b) => a - b,
  );
  const columns = series.map(({ points }) => {
    const byTime = new Map(points.map((point) => [point.at, point]));
    const column = (read: (point: ChartPoint) => number | undefined): Column =>
      times.map((at) => {
        const point = byTime.get(at);
        return (point && read(point)) ?? null;
      });
    return {
      value: column(({ value }) => value),
      min: column(({ min }) => min),
      max: column(({ max }) => max),
    };
  });
  return { times, columns };
}
