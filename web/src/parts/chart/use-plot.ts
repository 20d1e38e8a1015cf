// One uPlot in a component: made again when what it is made of changes, fed when only its numbers or its time do.
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWords } from '../../i18n/use-words.ts';
import { lookOf } from './look.ts';
import { followHands, makePlot, narrowest, type PlotUse } from './make-plot.ts';

export function usePlot(use: PlotUse): RefObject<HTMLDivElement | null> {
  const { language } = useWords();
  const scheme = useComputedColorScheme();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const { shape, sync, height, data, range } = use;
  const now = useRef(use);
  now.current = use;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours, another shape other lines
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const made = makePlot(box, lookOf(box, language), () => now.current);
    plot.current = made;
    const resize = (): void => made.setSize({ width: Math.max(narrowest, box.clientWidth), height });
    const observer = new ResizeObserver(resize);
    observer.observe(box);
    const undo = followHands(made, () => now.current);
    return () => {
      undo();
      observer.disconnect();
      made.destroy();
    };
  }, [shape, scheme, language, sync, height]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);
  const [from, to] = range ?? [];
  useEffect(() => {
    if (from !== undefined && to !== undefined) plot.current?.setScale('x', { min: from, max: to });
  }, [from, to]);
  return place;
}
