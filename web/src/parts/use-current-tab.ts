// Brings the open tab into view where not all of them fit; the page itself does not move.
import { type RefObject, useEffect, useRef } from 'react';

export function useCurrentTab(index: number): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const tab = row.current?.children[index];
    if (!row.current || !(tab instanceof HTMLElement)) return;
    row.current.scrollLeft = tab.offsetLeft - (row.current.clientWidth - tab.offsetWidth) / 2;
  }, [index]);
  return row;
}
