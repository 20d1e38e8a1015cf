// The text of the workbench: as applied, or a draft that is kept in the browser with every change and its history.
import { useEffect, useEffectEvent, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { noHistory, recorded, redo, type TextHistory, type Turned, undo } from '../document/text-history.ts';
import { type Draft, newRuleKey } from './draft-store.ts';

export interface Applied {
  readonly source: string;
  /** 0 for a new rule. */
  readonly version: number;
}

export interface DraftState {
  readonly text: string;
  /** Undefined while the text is as applied. */
  readonly draft: Draft | undefined;
  /** False when this browser could not keep it. */
  readonly isKept: boolean;
  /** Changes of one group that follow each other soon are undone together. */
  readonly write: (text: string, group?: string) => void;
  /** Undefined when there is nothing to take back. */
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly discard: () => void;
}

interface Written {
  readonly text: string;
  readonly history: TextHistory;
}

/** One draft for all tabs of this browser: none writes over what another one shows. */
function useOtherTabs(key: string, onChange: (draft: Draft | undefined) => void): void {
  const { drafts } = useHouse();
  const hear = useEffectEvent((draft: Draft | undefined) => {
    // Another new rule was begun there: this one stays until it is written at again.
    if (draft !== undefined || key !== newRuleKey) onChange(draft);
  });
  useEffect(() => drafts.watch(key, hear), [drafts, key]);
}

export function useDraft(key: string, applied: Applied): DraftState {
  const { drafts, ticker } = useHouse();
  const [draft, setDraft] = useState(() => drafts.find(key));
  const [written, setWritten] = useState<Written>(() => ({
    text: draft?.source ?? applied.source,
    history: draft?.history ?? noHistory,
  }));
  const [isKept, setIsKept] = useState(true);
  const text = draft?.source ?? applied.source;
  // A text that came from elsewhere has no history here.
  const history = written.text === text ? written.history : noHistory;
  const take = (next: Written): void => {
    setWritten(next);
    if (next.text === applied.source) return forget();
    const version = draft?.version ?? applied.version;
    const kept = { source: next.text, version, savedAt: ticker.now(), history: next.history };
    setIsKept(drafts.keep(key, kept));
    setDraft(kept);
  };
  const forget = (): void => {
    drafts.drop(key);
    setDraft(undefined);
  };
  useOtherTabs(key, (other) => {
    setDraft(other);
    if (other) setWritten({ text: other.source, history: other.history ?? noHistory });
  });
  const turn = (turned: Turned | undefined) => turned && (() => take(turned));
  return {
    text,
    draft,
    isKept,
    write: (next, group = 'text') => {
      const steps = recorded(history, { before: text, after: next }, { group, time: ticker.now() });
      take({ text: next, history: steps });
    },
    undo: turn(undo(text, history)),
    redo: turn(redo(text, history)),
    discard: forget,
  };
}
