// Under the editor: plays the draft in a copy of the house, in virtual time.
import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { DryFields } from './dry-fields.tsx';
import { type DryInput, dryRequest } from './dry-input.ts';
import { DryResult } from './dry-result.tsx';
import type { useDryRun } from './use-dry-run.ts';
import './dry-run.css';

export interface DryRunPanelProps {
  readonly text: string;
  readonly source: string | undefined;
  readonly input: DryInput;
  readonly run: ReturnType<typeof useDryRun>;
  readonly onInput: (input: DryInput) => void;
}

export function DryRunPanel({ text, source, input, run, onInput }: DryRunPanelProps) {
  const { say } = useWords();
  const { data, error, isPending, mutate } = run;
  return (
    <section className="dry card" aria-labelledby="dry-title">
      <header className="dry-head">
        <h3 id="dry-title">{say('dry.title')}</h3>
        <p className="dim">{say('dry.hint')}</p>
      </header>
      <DryFields text={text} input={input} onChange={onInput} />
      <Button
        className="dry-start"
        variant="default"
        loading={isPending}
        leftSection={<IconPlayerPlay size={17} stroke={1.8} aria-hidden />}
        onClick={() => mutate(dryRequest(source, input))}
      >
        {say(source === undefined ? 'dry.start' : 'dry.start.draft')}
      </Button>
      {error ? (
        <p className="dry-doubt" role="alert">
          {problemWords(say, error)}
        </p>
      ) : null}
      {data && !error ? <DryResult view={data} /> : null}
    </section>
  );
}
