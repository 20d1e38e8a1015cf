// Draws series on a canvas with uPlot, in the colours of the page.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWords } from '../../i18n/use-words.ts';
import { aligned, type ChartProps, type ChartSeries, hasBand } from './chart-data.ts';

/** In this order series take their colours. */
const colourNames = ['--accent', '--code-number', '--code-word', '--code-key', '--bad', '--warn'];
const dayMs = 86_400_000;

interface Look {
  readonly line: string;
  readonly ink: string;
  readonly colours: readonly string[];
  readonly language: string;
}

function lookOf(place: HTMLElement, language: string): Look {
  const style = globalThis.getComputedStyle(place);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { line: read('--line'), ink: read('--ink-3'), colours: colourNames.map(read), language };
}

function timeAxis({ line, ink, language }: Look): uPlot.Axis {
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' });
  return {
    stroke: ink,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    size: 28,
    values: (_plot, splits) => {
      const isLong = (splits.at(-1) ?? 0) - (splits[0] ?? 0) > 1.5 * dayMs;
      return splits.map((at) => (isLong ? day : clock).format(at));
    },
  };
}

function valueAxis({ line, ink, language }: Look): uPlot.Axis {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2, notation: 'compact' });
  return {
    stroke: ink,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    size: 52,
    values: (_plot, splits) => splits.map((value) => number.format(value)),
  };
}

/** For each series a line; where its points stand for stretches also the band between their least and greatest. */
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

export function Canvas({ series, range, sync, height = 140 }: ChartProps) {
  const { language } = useWords();
  const scheme = useComputedColorScheme();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef({ series, range });
  latest.current = { series, range };
  const shape = series.map((one) => `${one.key} ${hasBand(one)}`).join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours, another shape other lines
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const look = lookOf(box, language);
    const { lines, bands } = linesOf(latest.current.series, look);
    const made = new uPlot(
      {
        width: Math.max(80, box.clientWidth),
        height,
        ms: 1,
        legend: { show: false },
        cursor: { y: false, drag: { x: true, y: false }, ...(sync ? { sync: { key: sync } } : {}) },
        scales: {
          x: { range: (_plot, min, max) => [...(latest.current.range ?? [min, max])] as [number, number] },
        },
        axes: [timeAxis(look), valueAxis(look)],
        series: lines,
        bands,
      },
      dataOf(latest.current.series),
      box,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: Math.max(80, box.clientWidth), height }));
    observer.observe(box);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [shape, scheme, language, sync, height]);

  useEffect(() => {
    plot.current?.setData(dataOf(series));
  }, [series]);
  return <div ref={place} />;
}
