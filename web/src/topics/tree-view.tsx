// The tree on the screen: only visible rows exist; arrows move, open and close, Enter chooses.
import { type KeyboardEvent, useCallback, useEffectEvent, useId, useState } from 'react';
import { isComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { TopicRow } from './topic-row.tsx';
import type { TopicTree, TreeRow } from './topic-tree.ts';
import { useWindow } from './use-window.ts';
import './tree-view.css';

export interface TreeViewProps {
  readonly tree: TopicTree;
  readonly rows: readonly TreeRow[];
  readonly selected: string | undefined;
  readonly onChoose: (topic: string) => void;
  readonly onToggle: (topic: string) => void;
}

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

export function TreeView({ tree, rows, selected, onChoose, onToggle }: TreeViewProps) {
  const { say } = useWords();
  const id = useId();
  const [activeTopic, setActiveTopic] = useState(selected);
  const { place, first, end, rowHeight, onScroll, reveal } = useWindow(rows.length);
  const active = Math.max(
    0,
    rows.findIndex((row) => row.topic === activeTopic),
  );
  const chooseNow = useEffectEvent((row: TreeRow) => {
    setActiveTopic(row.topic);
    const isOnlyBranch = row.isBranch && tree.find(row.topic)?.value === undefined;
    if (isOnlyBranch || (row.isBranch && !row.isOpen)) onToggle(row.topic);
    if (!isOnlyBranch) onChoose(row.topic);
  });
  const toggleNow = useEffectEvent(onToggle);
  const choose = useCallback((row: TreeRow) => chooseNow(row), []);
  const toggle = useCallback((topic: string) => toggleNow(topic), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[active];
    if (!row || isComposing(event)) return;
    const { key } = event;
    const target = targetOf({ rows, active, key });
    const toggles =
      (key === 'ArrowRight' && row.isBranch && !row.isOpen) || (key === 'ArrowLeft' && row.isOpen);
    if (target === undefined && !toggles && key !== 'Enter' && key !== ' ') return;
    event.preventDefault();
    if (key === 'Enter' || key === ' ') choose(row);
    else if (toggles) onToggle(row.topic);
    else if (target !== undefined) {
      setActiveTopic(rows[target]?.topic);
      reveal(target);
    }
  };
  return (
    <div
      ref={place}
      role="tree"
      className="tree"
      tabIndex={0}
      aria-label={say('topics.tree')}
      aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="tree-space" role="presentation" style={{ height: rows.length * rowHeight }}>
        {rows.slice(first, end).map((row, index) => (
          <TopicRow
            key={row.topic}
            tree={tree}
            row={row}
            id={`${id}-${first + index}`}
            top={(first + index) * rowHeight}
            isSelected={row.topic === selected}
            isActive={first + index === active}
            onChoose={choose}
            onToggle={toggle}
          />
        ))}
      </div>
    </div>
  );
}
