// Reads the open levels of the tree, keeps them true, and closes what is closed.
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { useHouse } from '../app/house.ts';
import { filterOf, TopicTree, type TreeRow } from './topic-tree.ts';

/** Live values come by themselves; counts of branches and new branches are read again. */
const tickMs = 1_000;
const bigLevel = 500;

/** Milliseconds between two readings of a level with so many nodes; an empty house waits for its first message. */
function pauseOf(size: number): number {
  if (size === 0) return tickMs;
  return size > bigLevel ? 30 * tickMs : 4 * tickMs;
}

interface OpenLevelOptions {
  readonly tree: TopicTree;
  readonly parent: string;
  readonly onError: (error: unknown) => void;
}

function useOpenLevel(): (options: OpenLevelOptions) => () => void {
  const { api, live } = useHouse();
  return ({ tree, parent, onError }) => {
    const over = new AbortController();
    const read = (): void => {
      api.topicLevel(parent, over.signal).then(
        ({ items }) => tree.setLevel(parent, items),
        (error: unknown) => {
          if (!over.signal.aborted) onError(error);
        },
      );
    };
    let passed = 0;
    const timer = globalThis.setInterval(() => {
      passed += tickMs;
      if (passed < pauseOf(tree.sizeOf(parent) ?? 0) || globalThis.document.hidden) return;
      passed = 0;
      read();
    }, tickMs);
    const undo = live.subscribe('topics', filterOf(parent), {
      items: (views) => tree.take(views),
      gap: read,
    });
    read();
    return () => {
      over.abort();
      globalThis.clearInterval(timer);
      undo();
    };
  };
}

export interface TopicTreeState {
  readonly tree: TopicTree;
  readonly isPaused: boolean;
  readonly missed: number;
  readonly rows: readonly TreeRow[];
  readonly isLoaded: boolean;
  readonly error: unknown;
  readonly toggle: (topic: string) => void;
}

function ancestorsOf(topic: string | undefined): readonly string[] {
  const levels = topic?.split('/') ?? [];
  return levels.slice(0, -1).map((_, index) => levels.slice(0, index + 1).join('/'));
}

export function useTopicTree(selected: string | undefined): TopicTreeState {
  const [tree] = useState(() => new TopicTree());
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(ancestorsOf(selected)));
  const [error, setError] = useState<unknown>();
  const [levels] = useState(() => new Map<string, () => void>());
  const rows = useSyncExternalStore(
    (changed) => tree.watchRows(changed),
    () => tree.rows,
  );
  const missed = useSyncExternalStore(
    (changed) => tree.watchRows(changed),
    () => tree.missed,
  );
  const openLevel = useOpenLevel();
  const sync = useEffectEvent((wanted: ReadonlySet<string>) => {
    for (const [parent, close] of levels) {
      if (wanted.has(parent)) continue;
      close();
      levels.delete(parent);
    }
    for (const parent of wanted) {
      if (!levels.has(parent)) levels.set(parent, openLevel({ tree, parent, onError: setError }));
    }
  });
  useEffect(() => {
    tree.setOpen(open);
    sync(new Set(['', ...open]));
  }, [tree, open]);
  useEffect(
    () => () => {
      for (const close of levels.values()) close();
      levels.clear();
    },
    [levels],
  );
  const toggle = (topic: string): void => {
    const next = new Set(open);
    if (!next.delete(topic)) next.add(topic);
    setOpen(next);
  };
  return {
    tree,
    rows,
    isPaused: tree.isPaused,
    missed,
    isLoaded: tree.sizeOf('') !== undefined,
    error,
    toggle,
  };
}
