// Under the editor: what the draft would have done over the last day or week, beside what the rule in force did.
import { Button, SegmentedControl } from '@mantine/core';
import { IconHistoryToggle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { BacktestFiringView, BacktestView, RuleView } from '../api/types.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Lane } from '../parts/lane/lane.tsx';
import { useSettledText } from '../parts/use-settled-text.ts';
import { firingsOf } from './backtest-ticks.ts';
import { Doubts, useBacktestWords } from './backtest-words.tsx';
import { FiringList, useFiringWords } from './firing-list.tsx';
import { type Span, spans, useBacktest } from './use-backtest.ts';
import './backtest.css';

const typingMs = 700;

export interface BacktestPanelProps {
  readonly rule: RuleView;
  /** Undefined: nothing was changed. */
  readonly draft: string | undefined;
  /** Takes what woke a run as the input of a dry run. */
  readonly onTry: (firing: BacktestFiringView) => void;
}

function isSpan(text: string): text is Span {
  return Object.hasOwn(spans, text);
}

function Outcome({ result, onTry }: { readonly result: BacktestView } & Pick<BacktestPanelProps, 'onTry'>) {
  const { say } = useWords();
  const words = useBacktestWords();
  const firingWords = useFiringWords(result.to);
  const [chosen, setChosen] = useState<number>();
  const firings = useMemo(() => firingsOf(result), [result]);
  const range = useMemo(() => [result.from, result.to] as const, [result]);
  const shown = firings.find(({ at }) => at === chosen);
  return (
    <>
      <p className="backtest-words" role="status">
        {words(result)}
      </p>
      <Doubts incomplete={result.incomplete} />
      <Lane label={say('backtest.lane')} range={range} ticks={firings} chosen={chosen} onChoose={setChosen} />
      {shown ? (
        <p className="backtest-chosen">
          <span>{firingWords(shown.firing)}</span>
          <Button variant="default" onClick={() => onTry(shown.firing)}>
            {say('backtest.try')}
          </Button>
        </p>
      ) : null}
      <FiringList firings={firings} now={result.to} onTry={onTry} />
    </>
  );
}

export function BacktestPanel({ rule, draft, onTry }: BacktestPanelProps) {
  const { say } = useWords();
  const [span, setSpan] = useState<Span>('day');
  // Once asked for, it follows the draft as it is typed, until somebody stops it.
  const [isWanted, setWanted] = useState(false);
  const settled = useSettledText(draft, typingMs);
  const { result, error, isRunning, progress, start, cancel } = useBacktest(
    { rule: rule.id, version: rule.version, draft: settled, span },
    isWanted,
  );
  const begin = (): void => (isWanted ? start() : setWanted(true));
  const stop = (): void => {
    setWanted(false);
    cancel();
  };
  return (
    <section className="backtest card" aria-labelledby="backtest-title">
      <header className="backtest-head">
        <h3 id="backtest-title">{say('backtest.title')}</h3>
        <SegmentedControl
          aria-label={say('backtest.span')}
          value={span}
          onChange={(next) => {
            if (isSpan(next)) setSpan(next);
          }}
          data={[
            { value: 'day', label: say('backtest.span.day') },
            { value: 'week', label: say('backtest.span.week') },
          ]}
        />
        {isRunning ? (
          <Button variant="default" onClick={stop}>
            {say('app.cancel')}
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconHistoryToggle size={17} stroke={1.8} aria-hidden />}
            onClick={begin}
          >
            {say(draft === undefined ? 'backtest.start' : 'backtest.start.draft')}
          </Button>
        )}
      </header>
      {isRunning ? (
        <progress className="backtest-progress" value={progress} aria-label={say('backtest.running')} />
      ) : null}
      {!isRunning && !result && !error ? <p className="dim">{say('backtest.hint')}</p> : null}
      {!isRunning && error ? (
        <p className="backtest-doubt" role="alert">
          {problemWords(say, error)}
        </p>
      ) : null}
      {result && !error ? <Outcome key={result.from} result={result} onTry={onTry} /> : null}
    </section>
  );
}
