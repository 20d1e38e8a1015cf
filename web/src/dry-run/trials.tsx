// What can be tried with a draft before it is applied: over the past, and right now. Both touch nothing.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { BacktestFiringView, RuleView } from '../api/types.ts';
import { BacktestPanel } from '../backtest/backtest-panel.tsx';
import { type DryInput, dryRequest, emptyInput, inputFrom, replayInput } from './dry-input.ts';
import { DryRunPanel } from './dry-run-panel.tsx';
import { useDryRun } from './use-dry-run.ts';

export interface TrialsProps {
  readonly rule: RuleView;
  readonly text: string;
  /** What woke a run, by its number in the journal: it is played at once. */
  readonly replay: string | undefined;
}

export function Trials({ rule, text, replay }: TrialsProps) {
  const draft = text === rule.source ? undefined : text;
  const [input, setInput] = useState<DryInput>(() => replayInput(replay) ?? emptyInput);
  const run = useDryRun(rule.id);
  const place = useRef<HTMLDivElement>(null);
  const tryInput = (next: DryInput): void => {
    setInput(next);
    run.mutate(dryRequest(draft, next));
    place.current?.scrollIntoView({ block: 'nearest' });
  };
  const tryFiring = (firing: BacktestFiringView): void => tryInput(inputFrom(firing));
  const tryReplay = useEffectEvent((number: string | undefined) => {
    const asked = replayInput(number);
    if (asked) tryInput(asked);
  });
  useEffect(() => tryReplay(replay), [replay]);
  return (
    <>
      <BacktestPanel rule={rule} draft={draft} onTry={tryFiring} />
      <div ref={place}>
        <DryRunPanel text={text} source={draft} input={input} run={run} onInput={setInput} />
      </div>
    </>
  );
}
