// What is pasted from Home Assistant becomes a rule; what of it was not understood is told. Several become drafts aside.
import { useMutation } from '@tanstack/react-query';
import { type ClipboardEvent, useState } from 'react';
import type { TranslatedRuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { looksLikeHomeAssistant, translate } from './home-assistant.ts';
import { freePlaces, putAside } from './new-drafts.ts';
import type { DraftState } from './use-draft.ts';

export interface Pasted {
  readonly rule: TranslatedRuleView;
  /** So many others wait among the drafts. */
  readonly kept: number;
  /** There was no place for so many. */
  readonly left: number;
}

export interface Paste {
  /** Before the fields see it. */
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly pasted: Pasted | undefined;
  readonly forget: () => void;
}

export function usePaste(state: DraftState): Paste {
  const { api, drafts, ticker } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const [pasted, setPasted] = useState<Pasted>();
  const { mutate } = useMutation({
    mutationFn: (text: string) => translate(api, text),
    onSuccess: ({ items }) => {
      const [first, ...others] = items;
      if (!first) return;
      if (state.draft) putAside(drafts, state.draft);
      const kept = others.slice(0, freePlaces(drafts));
      for (const { yaml } of kept) putAside(drafts, { source: yaml, version: 0, savedAt: ticker.now() });
      state.write(first.yaml, 'paste');
      setPasted({ rule: first, kept: kept.length, left: others.length - kept.length });
    },
    onError: (error) => toasts.failed(say('paste.failed'), error),
  });
  return {
    pasted,
    forget: () => setPasted(undefined),
    onPaste: (event) => {
      const text = event.clipboardData.getData('text/plain');
      if (!looksLikeHomeAssistant(text)) return;
      event.preventDefault();
      event.stopPropagation();
      mutate(text);
    },
  };
}
