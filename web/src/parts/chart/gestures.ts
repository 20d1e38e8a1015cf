// Fingers and wheels on a plot: one finger moves, two zoom, a wheel with Ctrl (a pinch on a touchpad) zooms, sideways moves.
import type uPlot from 'uplot';
import { moved, type Range, zoomed } from './range.ts';

export interface Gestures {
  readonly range: () => Range;
  readonly onRange: (range: Range) => void;
}

interface Fingers {
  readonly middle: number;
  readonly spread: number;
}

function fingersOf(places: readonly number[]): Fingers {
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return { middle: (low + high) / 2, spread: Math.max(24, high - low) };
}

function onWheel(plot: uPlot, { range, onRange }: Gestures) {
  return (event: WheelEvent): void => {
    const [from, to] = range();
    const perPixel = (to - from) / Math.max(1, plot.over.clientWidth);
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !event.metaKey && !isSideways) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      const at = from + event.offsetX * perPixel;
      onRange(zoomed([from, to], at, Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 150)));
    } else onRange(moved([from, to], (event.deltaX || event.deltaY) * perPixel));
  };
}

function listenToFingers(plot: uPlot, { range, onRange }: Gestures): readonly (() => void)[] {
  const places = new Map<number, number>();
  const { over } = plot;
  const listen = (name: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel') => {
    const hear = (event: PointerEvent): void => {
      if (event.pointerType !== 'touch') return;
      const before = [...places.values()];
      if (name === 'pointerup' || name === 'pointercancel') places.delete(event.pointerId);
      else if (name === 'pointerdown' || places.has(event.pointerId))
        places.set(event.pointerId, event.clientX);
      if (name !== 'pointermove' || before.length === 0 || before.length !== places.size) return;
      const [was, is] = [fingersOf(before), fingersOf([...places.values()])];
      const [from, to] = range();
      const perPixel = (to - from) / Math.max(1, over.clientWidth);
      const at = from + (is.middle - over.getBoundingClientRect().left) * perPixel;
      const slid = moved([from, to], (was.middle - is.middle) * perPixel);
      onRange(before.length > 1 ? zoomed(slid, at, was.spread / is.spread) : slid);
    };
    over.addEventListener(name, hear);
    return () => over.removeEventListener(name, hear);
  };
  return [listen('pointerdown'), listen('pointermove'), listen('pointerup'), listen('pointercancel')];
}

/** Returns the undo. */
export function listenToHands(plot: uPlot, gestures: Gestures): () => void {
  const wheel = onWheel(plot, gestures);
  plot.over.style.touchAction = 'pan-y';
  plot.over.addEventListener('wheel', wheel, { passive: false });
  const undos = listenToFingers(plot, gestures);
  return () => {
    plot.over.removeEventListener('wheel', wheel);
    for (const undo of undos) undo();
  };
}
