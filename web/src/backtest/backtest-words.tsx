// A backtest in one sentence: how often it would have fired, and what is different.
import type { BacktestView } from '../api/types.ts';
import { formatCount } from '../i18n/format.ts';
import { gapWords } from '../i18n/gap-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { firedBefore } from './backtest-ticks.ts';

export function useBacktestWords(): (result: BacktestView) => string {
  const { say, language } = useWords();
  const count = (number: number): string => formatCount(language, number);
  return (result) => {
    const fired = count(result.fired);
    if (!result.difference) return say('backtest.fired', { fired });
    const { added, removed, changed } = result.difference.counts;
    const before = count(firedBefore(result));
    if (added + removed + changed === 0) return say('backtest.equal', { fired });
    const words = say('backtest.differs', { fired, before, added: count(added), removed: count(removed) });
    return changed === 0 ? words : `${words} ${say('backtest.changed', { changed: count(changed) })}`;
  };
}

/** Why it may not be what would have been. */
export function Doubts({ incomplete }: { readonly incomplete: BacktestView['incomplete'] }) {
  const { say } = useWords();
  if (incomplete.length === 0) return null;
  const reasons = incomplete.map(({ reason }) => reason);
  return <p className="backtest-doubt">{say('backtest.incomplete', { reasons: gapWords(say, reasons) })}</p>;
}
