// Marks a row from outside of the form. Only the page knows which rows there are, so the mark is put on it.
import { type RefObject, useEffect } from 'react';

/** Of these the first that there is. */
export function useMarkedRow(root: RefObject<HTMLElement | null>, rows: readonly string[] | undefined): void {
  useEffect(() => {
    const row = rows
      ?.map((path) => root.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(path)}"]`))
      .find((found) => found);
    if (!row) return;
    row.dataset['marked'] = 'true';
    row.querySelector('.entry-head')?.scrollIntoView?.({ block: 'nearest' });
    return () => {
      delete row.dataset['marked'];
    };
  }, [root, rows]);
}
