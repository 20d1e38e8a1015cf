// Whether a name fits what was typed: its letters, or for Chinese the beginnings of its pinyin (ktd finds 客厅灯). The
// table of pinyin is loaded when somebody searches.
import { useEffect, useState } from 'react';

export type Match = (name: string, words: string) => boolean;

const plain: Match = (name, words) => name.toLowerCase().includes(words.toLowerCase());

/** Every word has to fit. */
function matchAll(match: Match): Match {
  return (name, words) => words.split(/\s+/).every((word) => word === '' || match(name, word));
}

export function useWordsMatch(isWanted: boolean): Match {
  const [match, setMatch] = useState<Match>(() => matchAll(plain));
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    void import('pinyin-match').then(
      ({ default: pinyin }) => {
        const both: Match = (name, words) => plain(name, words) || pinyin.match(name, words) !== false;
        if (!isOver) setMatch(() => matchAll(both));
      },
      () => undefined, // without the table names are found by their letters
    );
    return () => {
      isOver = true;
    };
  }, [isWanted]);
  return match;
}
