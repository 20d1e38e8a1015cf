// The runs that a draft would add or leave out, in words, each with a way to try it.
import { Button } from '@mantine/core';
import type { BacktestFiringView } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { verbWords } from '../i18n/code-words.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import type { PastFiring } from './backtest-ticks.ts';

export function useFiringWords(now: number): (firing: BacktestFiringView) => string {
  const { say, language } = useWords();
  return ({ at, trigger: { topic, verb, payload } }) => {
    const what = topic === undefined ? verbWords(say, verb) : `${topic} ${inline(payload, 60)}`;
    return `${formatMoment(language, at, now)} · ${what}`;
  };
}

const signs = { added: '+', removed: '−' } as const;
const most = 12;

export interface FiringListProps {
  readonly firings: readonly PastFiring[];
  readonly now: number;
  readonly onTry: (firing: BacktestFiringView) => void;
}

export function FiringList({ firings, now, onTry }: FiringListProps) {
  const { say } = useWords();
  const words = useFiringWords(now);
  const differing = firings.filter(({ kind }) => kind === 'added' || kind === 'removed');
  if (differing.length === 0) return null;
  return (
    <ul className="firings" aria-label={say('backtest.differences')}>
      {differing.slice(0, most).map(({ firing, kind }) => (
        <li key={`${kind} ${firing.at}`} className="firing" data-kind={kind}>
          <span className="firing-sign" aria-hidden="true">
            {kind === 'added' || kind === 'removed' ? signs[kind] : ''}
          </span>
          <span className="firing-words">
            <span className="sr-only">{say(kind === 'added' ? 'backtest.added' : 'backtest.removed')} </span>
            {words(firing)}
          </span>
          <Button variant="subtle" onClick={() => onTry(firing)}>
            {say('backtest.try')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
