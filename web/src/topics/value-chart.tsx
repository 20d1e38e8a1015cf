// The past of one value, as the house keeps it.
import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Chart } from '../parts/chart/chart.tsx';
import type { ChartPoint } from '../parts/chart/chart-data.ts';

const spans = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const;
type Span = keyof typeof spans;
const points = 300;
const refreshMs = 5_000;

function isSpan(text: string): text is Span {
  return Object.hasOwn(spans, text);
}

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : undefined;
}

export function pointsOf({ points: drawn }: Pick<HistoryView, 'points'>): readonly ChartPoint[] {
  return drawn.map(({ at, mean, last, min, max }) => ({
    at,
    value: mean ?? asNumber(last),
    ...(min === undefined || max === undefined ? {} : { min, max }),
  }));
}

export interface ValueChartProps {
  readonly topic: string;
  /** As the history names it. */
  readonly path: string;
  /** As an expression names it. */
  readonly name: string;
}

export function ValueChart({ topic, path, name }: ValueChartProps) {
  const { say } = useWords();
  const { api, ticker } = useHouse();
  const [span, setSpan] = useState<Span>('hour');
  const { data } = useQuery({
    queryKey: ['history', topic, path, span],
    queryFn: ({ signal }) => {
      const to = ticker.now();
      return api.history({ topic, path, from: to - spans[span], to, points }, signal);
    },
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
  return (
    <div className="value-chart">
      <SegmentedControl
        aria-label={say('chart.span')}
        value={span}
        onChange={(next) => {
          if (isSpan(next)) setSpan(next);
        }}
        data={[
          { value: 'hour', label: say('chart.span.hour') },
          { value: 'day', label: say('chart.span.day') },
          { value: 'week', label: say('chart.span.week') },
        ]}
      />
      {data && data.points.length === 0 ? <p className="value-none dim">{say('chart.none')}</p> : null}
      {data && data.points.length > 0 ? (
        <Chart
          label={say('chart.of', { name })}
          range={[data.from, data.to]}
          series={[{ key: name, label: name, points: pointsOf(data) }]}
        />
      ) : null}
    </div>
  );
}
