// Whether a name fits what was typed: its letters, or for Chinese the beginnings of its pinyin (ktd finds 客厅灯). The
// table of pinyin is loaded when somebody searches.
import { useEffect, useState } from 'react';

export type Match = (name: string, words: string) => boolean;

/** Every word has to fit. */
const plain: Match = (name, words) => {
  const text = name.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

export function useWordsMatch(isWanted: boolean): Match {
  const [match, setMatch] = useState<Match>(() => plain);
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    void import('../palette/match.ts').then(
      ({ find }) => {
        if (!isOver) setMatch(() => (name: string, words: string) => find(name, '', words) !== undefined);
      },
      () => undefined, // without the table names are found by their letters
    );
    return () => {
      isOver = true;
    };
  }, [isWanted]);
  return match;
}
