// Whether a name fits what was typed: its letters, or for Chinese the beginnings of its pinyin (ktd finds 客厅灯).
import { useCallback } from 'react';
import { find } from '../palette/match.ts';
import { usePinyin } from '../palette/use-pinyin.ts';

export type Match = (name: string, words: string) => boolean;

export function useWordsMatch(isWanted: boolean): Match {
  const byPinyin = usePinyin(isWanted);
  return useCallback(
    (name: string, words: string) => find({ name, beside: '' }, words, byPinyin) !== undefined,
    [byPinyin],
  );
}
