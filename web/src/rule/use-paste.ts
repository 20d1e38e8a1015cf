// What is pasted from Home Assistant becomes a rule; what of it was not understood is told. Several become drafts aside.
import { useMutation } from '@tanstack/react-query';
import { type ClipboardEvent, useState } from 'react';
import type { TranslatedRuleView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { useToasts } from '../parts/use-toasts.tsx';
import { looksLikeHomeAssistant, translate } from './home-assistant.ts';
import { putAside } from './new-drafts.ts';
import type { DraftState } from './use-draft.ts';

export interface Paste {
  /** Before the fields see it. */
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly rules: readonly TranslatedRuleView[];
  readonly forget: () => void;
}

export function usePaste(state: DraftState): Paste {
  const { api, drafts, ticker } = useHouse();
  const { say } = useWords();
  const toasts = useToasts();
  const [rules, setRules] = useState<readonly TranslatedRuleView[]>([]);
  const { mutate } = useMutation({
    mutationFn: (text: string) => translate(api, text),
    onSuccess: ({ items }) => {
      const [first, ...others] = items;
      if (!first) return;
      if (state.draft) putAside(drafts, state.draft);
      for (const { yaml } of others) putAside(drafts, { source: yaml, version: 0, savedAt: ticker.now() });
      state.write(first.yaml, 'paste');
      setRules(items);
    },
    onError: (error) => toasts.failed(say('paste.failed'), error),
  });
  return {
    rules,
    forget: () => setRules([]),
    onPaste: (event) => {
      const text = event.clipboardData.getData('text/plain');
      if (!looksLikeHomeAssistant(text)) return;
      event.preventDefault();
      event.stopPropagation();
      mutate(text);
    },
  };
}
