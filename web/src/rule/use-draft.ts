// The text in the editor: as applied, or a draft that is kept in the browser with every change.
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import type { Draft } from './draft-store.ts';

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
  readonly write: (text: string) => void;
  readonly discard: () => void;
}

export function useDraft(key: string, applied: Applied): DraftState {
  const { drafts, ticker } = useHouse();
  const [draft, setDraft] = useState(() => drafts.find(key));
  const [isKept, setIsKept] = useState(true);
  const discard = (): void => {
    drafts.drop(key);
    setDraft(undefined);
  };
  const write = (text: string): void => {
    if (text === applied.source) return discard();
    const next = { source: text, version: draft?.version ?? applied.version, savedAt: ticker.now() };
    setIsKept(drafts.keep(key, next));
    setDraft(next);
  };
  return { text: draft?.source ?? applied.source, draft, isKept, write, discard };
}
