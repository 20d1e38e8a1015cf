// The tree on the screen: only visible rows exist; arrows move, open and close, Enter chooses.
import { useCallback, useEffectEvent, useId, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { TopicRow } from './topic-row.tsx';
import type { TopicTree, TreeRow } from './topic-tree.ts';
import { useTreeKeys } from './use-tree-keys.ts';
import { useWindow } from './use-window.ts';
import './tree-view.css';

export interface TreeViewProps {
  readonly tree: TopicTree;
  readonly rows: readonly TreeRow[];
  readonly selected: string | undefined;
  readonly onChoose: (topic: string) => void;
  readonly onToggle: (topic: string) => void;
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
  const onKeyDown = useTreeKeys({
    rows,
    active,
    onChoose: choose,
    onToggle,
    onMove: (index) => {
      setActiveTopic(rows[index]?.topic);
      reveal(index);
    },
  });
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
