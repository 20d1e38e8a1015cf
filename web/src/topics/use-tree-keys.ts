// The keyboard of the tree: arrows move, open and close, Enter and space choose.
import type { KeyboardEvent } from 'react';
import { isComposing } from '../base/typing.ts';
import type { TreeRow } from './topic-tree.ts';

interface Move {
  readonly rows: readonly TreeRow[];
  readonly active: number;
  readonly key: string;
}

/** Where an arrow key leads, by index. */
function targetOf({ rows, active, key }: Move): number | undefined {
  const row = rows[active];
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      return row?.isOpen ? active + 1 : undefined;
    case 'ArrowLeft': {
      if (!row || row.isOpen) return undefined;
      const parent = rows.findLastIndex((one, index) => index < active && one.depth < row.depth);
      return parent < 0 ? undefined : parent;
    }
    default:
      return undefined;
  }
}

export interface TreeKeys {
  readonly rows: readonly TreeRow[];
  readonly active: number;
  readonly onMove: (index: number) => void;
  readonly onChoose: (row: TreeRow) => void;
  readonly onToggle: (topic: string) => void;
}

function opensOrCloses(row: TreeRow, key: string): boolean {
  return row.isBranch && (key === 'ArrowRight' ? !row.isOpen : key === 'ArrowLeft' && row.isOpen);
}

export function useTreeKeys({ rows, active, onMove, onChoose, onToggle }: TreeKeys) {
  return (event: KeyboardEvent): void => {
    const row = rows[active];
    if (!row || isComposing(event)) return;
    const { key } = event;
    const target = targetOf({ rows, active, key });
    if (key === 'Enter' || key === ' ') onChoose(row);
    else if (opensOrCloses(row, key)) onToggle(row.topic);
    else if (target !== undefined) onMove(target);
    else return;
    event.preventDefault();
  };
}
