// Makes one uPlot in a box. What hands do with it is told to who holds it; its time is what that one says.
import uPlot from 'uplot';
import { listenToHands } from './gestures.ts';
import type { Look } from './look.ts';
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

export const narrowest = 80;

function takeSelection(plot: uPlot, onRange: Handling['onRange']): void {
  const { left, width } = plot.select;
  if (width < 4) return;
  const [from, to] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onRange?.([Math.round(from), Math.round(to)]);
}

function cursorOf({ sync, onRange }: Handling, now: () => PlotUse): uPlot.Cursor {
  const reset = (): null => {
    now().onReset?.();
    return null;
  };
  return {
    y: false,
    drag: { x: onRange !== undefined, y: false, setScale: false },
    bind: { dblclick: () => reset },
    ...(sync === undefined ? {} : { sync: { key: sync } }),
  };
}

function tellCursor(plot: uPlot, { onCursor }: Handling): void {
  const left = plot.cursor.left ?? -1;
  onCursor?.(left < 0 ? undefined : plot.posToVal(left, 'x'));
}

/** `now` gives what is wanted at the time of asking. */
export function makePlot(box: HTMLElement, look: Look, now: () => PlotUse): uPlot {
  const { build, height, data } = now();
  const { hooks = {}, ...options } = build(look);
  return new uPlot(
    {
      width: Math.max(narrowest, box.clientWidth),
      height,
      ms: 1,
      legend: { show: false },
      ...options,
      scales: { x: { range: (_plot, min, max) => [...(now().range ?? [min, max])] as [number, number] } },
      cursor: cursorOf(now(), now),
      hooks: {
        ...hooks,
        setSelect: [(plot) => takeSelection(plot, now().onRange)],
        setCursor: [(plot) => tellCursor(plot, now())],
      },
    },
    data,
    box,
  );
}

/** Fingers and wheels; nothing where no time may be chosen. Returns the undo. */
export function followHands(plot: uPlot, now: () => PlotUse): () => void {
  if (now().onRange === undefined) return () => undefined;
  const { min = 0, max = 1 } = plot.scales['x'] ?? {};
  return listenToHands(plot, {
    range: () => now().range ?? [min, max],
    onRange: (range) => now().onRange?.(range),
  });
}
