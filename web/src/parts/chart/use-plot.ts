// One uPlot in a box: made again when what it is made of changes, fed when only its numbers or its time do.
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useWords } from '../../i18n/use-words.ts';
import { listenToHands } from './gestures.ts';
import { type Look, lookOf } from './look.ts';
import type { Range } from './range.ts';

export interface Handling {
  /** Without it the axis fits the points. */
  readonly range?: Range | undefined;
  /** Plots with the same word share their cursor. */
  readonly sync?: string | undefined;
  /** A hand chose another time. Without it nothing can be zoomed. */
  readonly onRange?: ((range: Range) => void) | undefined;
  /** A double click. */
  readonly onReset?: (() => void) | undefined;
  /** Undefined: the cursor left. */
  readonly onCursor?: ((at: number | undefined) => void) | undefined;
}

export interface PlotUse extends Handling {
  readonly height: number;
  /** Another shape needs another plot. */
  readonly shape: string;
  readonly data: uPlot.AlignedData;
  readonly build: (look: Look) => Partial<uPlot.Options> & Pick<uPlot.Options, 'series'>;
}

const narrowest = 80;

export function usePlot(use: PlotUse): RefObject<HTMLDivElement | null> {
  const { language } = useWords();
  const scheme = useComputedColorScheme();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const { shape, sync, height, data, range } = use;
  const now = useRef(use);
  now.current = use;

  const rangeNow = (made: uPlot): Range => {
    const { min = 0, max = 1 } = made.scales['x'] ?? {};
    return now.current.range ?? [min, max];
  };
  const onSelect = useEffectEvent((made: uPlot): void => {
    const { left, width } = made.select;
    if (width < 4) return;
    const ends: Range = [made.posToVal(left, 'x'), made.posToVal(left + width, 'x')];
    made.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    use.onRange?.([Math.round(ends[0]), Math.round(ends[1])]);
  });
  const onCursor = useEffectEvent((made: uPlot): void => {
    const left = made.cursor.left ?? -1;
    use.onCursor?.(left < 0 ? undefined : made.posToVal(left, 'x'));
  });
  const make = useEffectEvent((box: HTMLElement): uPlot => {
    const { build, onRange } = use;
    const { hooks = {}, ...options } = build(lookOf(box, language));
    return new uPlot(
      {
        width: Math.max(narrowest, box.clientWidth),
        height,
        ms: 1,
        legend: { show: false },
        ...options,
        scales: {
          ...options.scales,
          x: { range: (_plot, min, max) => [...(now.current.range ?? [min, max])] as [number, number] },
        },
        cursor: {
          y: false,
          drag: { x: onRange !== undefined, y: false, setScale: false },
          bind: {
            dblclick: () => () => {
              now.current.onReset?.();
              return null;
            },
          },
          ...(sync === undefined ? {} : { sync: { key: sync } }),
          ...options.cursor,
        },
        hooks: { ...hooks, setSelect: [onSelect], setCursor: [onCursor] },
      },
      use.data,
      box,
    );
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours, another shape other lines
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const made = make(box);
    plot.current = made;
    const resize = (): void => made.setSize({ width: Math.max(narrowest, box.clientWidth), height });
    const observer = new ResizeObserver(resize);
    observer.observe(box);
    const undo = now.current.onRange
      ? listenToHands(made, {
          range: () => rangeNow(made),
          onRange: (next) => now.current.onRange?.(next),
        })
      : undefined;
    return () => {
      undo?.();
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
