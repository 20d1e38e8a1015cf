// In the look at the changes before Apply: what they would have meant for the last day.
import type { RuleView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Doubts, useBacktestWords } from './backtest-words.tsx';
import { useBacktest } from './use-backtest.ts';
import './backtest.css';

export function BacktestDelta({ rule, draft }: { readonly rule: RuleView; readonly draft: string }) {
  const { say } = useWords();
  const words = useBacktestWords();
  const { result, error } = useBacktest({ rule: rule.id, version: rule.version, draft, span: 'day' }, true);
  if (error) return null;
  return (
    <div className="backtest-delta" role="status">
      <strong>{say('backtest.span.day')}</strong>{' '}
      {result ? words(result) : <span className="dim">{say('backtest.running')}</span>}
      {result ? <Doubts incomplete={result.incomplete} /> : null}
    </div>
  );
}
