// What can be tried with a draft before it is applied: over the past, and right now. Both touch nothing.
import { useRef, useState } from 'react';
import type { BacktestFiringView, RuleView } from '../api/types.ts';
import { BacktestPanel } from '../backtest/backtest-panel.tsx';
import { type DryInput, dryRequest, emptyInput, inputFrom } from './dry-input.ts';
import { DryRunPanel } from './dry-run-panel.tsx';
import { useDryRun } from './use-dry-run.ts';

export interface TrialsProps {
  readonly rule: RuleView;
  readonly text: string;
}

export function Trials({ rule, text }: TrialsProps) {
  const draft = text === rule.source ? undefined : text;
  const [input, setInput] = useState<DryInput>(emptyInput);
  const run = useDryRun(rule.id);
  const place = useRef<HTMLDivElement>(null);
  const tryFiring = (firing: BacktestFiringView): void => {
    const next = inputFrom(firing);
    setInput(next);
    run.mutate(dryRequest(draft, next));
    place.current?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <BacktestPanel rule={rule} draft={draft} onTry={tryFiring} />
      <div ref={place}>
        <DryRunPanel text={text} source={draft} input={input} run={run} onInput={setInput} />
      </div>
    </>
  );
}
