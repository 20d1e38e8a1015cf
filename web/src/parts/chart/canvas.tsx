// Draws numbers over time as lines; where points stand for stretches also the band between their least and greatest.
import { useMemo } from 'react';
import type uPlot from 'uplot';
import { aligned, type ChartProps, type ChartSeries, hasBand } from './chart-data.ts';
import { type Look, plotPadding, timeAxis, valueAxis } from './look.ts';
import { usePlot } from './use-plot.ts';

function linesOf(series: readonly ChartSeries[], { colours }: Look) {
  const lines: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const [index, one] of series.entries()) {
    const stroke = colours[index % colours.length] ?? '';
    lines.push({
      label: one.label,
      stroke,
      width: 1.8,
      spanGaps: true,
      points: { show: one.points.length < 3 },
    });
    if (!hasBand(one)) continue;
    const edge: uPlot.Series = { stroke: 'transparent', points: { show: false }, spanGaps: true };
    lines.push({ ...edge, label: `${one.label} max` }, { ...edge, label: `${one.label} min` });
    bands.push({
      series: [lines.length - 2, lines.length - 1],
      fill: `color-mix(in srgb, ${stroke} 18%, transparent)`,
    });
  }
  return { lines, bands };
}

function dataOf(series: readonly ChartSeries[]): uPlot.AlignedData {
  const { times, columns } = aligned(series);
  const drawn = columns.flatMap(({ value, min, max }, index) => {
    const one = series[index];
    return one && hasBand(one) ? [value, max, min] : [value];
  });
  return [times, ...drawn];
}

export function Canvas({ series, height = 140, label: _, ...handling }: ChartProps) {
  const place = usePlot({
    ...handling,
    height,
    shape: series.map((one) => `${one.key} ${hasBand(one)}`).join('\n'),
    data: useMemo(() => dataOf(series), [series]),
    build: (look) => {
      const { lines, bands } = linesOf(series, look);
      return { padding: plotPadding, axes: [timeAxis(look), valueAxis(look)], series: lines, bands };
    },
  });
  return <div ref={place} />;
}
