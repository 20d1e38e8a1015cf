// What the editor of the text offers: the kinds and functions of this house.
import { useMemo } from 'react';
import type { RuleWords } from '../editor/completions.ts';
import { useFunctions } from '../form/functions.ts';
import { useKinds } from '../form/use-kinds.ts';
import { useWords } from '../i18n/use-words.ts';

export function useRuleWords(): RuleWords {
  const { language } = useWords();
  const kinds = useKinds();
  const functions = useFunctions();
  return useMemo(
    () => ({ language, triggers: kinds?.triggers ?? [], actions: kinds?.actions ?? [], functions }),
    [language, kinds, functions],
  );
}
