// For what is no page of its own: loads the sentences that it says; false until they are there.
import { useEffect, useState } from 'react';
import { hasTexts, loadTexts } from './language.ts';
import type { PartName } from './parts.ts';
import { useWords } from './use-words.ts';

export function useTexts(part: PartName): boolean {
  const { i18n } = useWords();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    loadTexts(i18n, [part]).catch(setFailure);
  }, [i18n, part]);
  if (failure !== undefined) throw failure;
  return hasTexts(i18n, [part]);
}
