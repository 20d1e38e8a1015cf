// The table of pinyin, loaded when somebody is about to search. Until it is there names are found by their letters.
import { useEffect, useState } from 'react';
import type { FindIn } from './match.ts';

export function usePinyin(isWanted: boolean): FindIn | undefined {
  const [found, setFound] = useState<{ readonly by: FindIn }>();
  useEffect(() => {
    if (!isWanted) return;
    let isOver = false;
    void import('./pinyin.ts').then(
      ({ byPinyin }) => {
        if (!isOver) setFound({ by: byPinyin });
      },
      () => undefined, // letters still find
    );
    return () => {
      isOver = true;
    };
  }, [isWanted]);
  return found?.by;
}
