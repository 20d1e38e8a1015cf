// Which rows of a long list can be seen.
import { type RefObject, useEffect, useRef, useState } from 'react';

export interface RowWindow {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly first: number;
  /** One past the last. */
  readonly end: number;
  readonly rowHeight: number;
  readonly onScroll: () => void;
  readonly reveal: (index: number) => void;
}

const spare = 6;

function useRowHeight(): number {
  const [query] = useState(() => globalThis.matchMedia('(max-width: 899px), (pointer: coarse)'));
  const [isTouch, setIsTouch] = useState(query.matches);
  useEffect(() => {
    const changed = (): void => setIsTouch(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [query]);
  return isTouch ? 44 : 36;
}

export function useWindow(count: number): RowWindow {
  const place = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [view, setView] = useState({ top: 0, height: 800 });
  const onScroll = (): void => {
    const box = place.current;
    if (box) setView({ top: box.scrollTop, height: box.clientHeight });
  };
  useEffect(() => {
    const box = place.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setView({ top: box.scrollTop, height: box.clientHeight }));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const reveal = (index: number): void => {
    const box = place.current;
    if (!box) return;
    const top = index * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight - box.clientHeight;
  };
  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + spare);
  return { place, first, end, rowHeight, onScroll, reveal };
}
