// Why a rule ran, or not, at any moment of the last day: chosen on the lane of its runs, or written down.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import type { RunSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Lane } from '../parts/lane/lane.tsx';
import type { LaneTick } from '../parts/lane/lane-ticks.ts';
import { Waiting } from '../parts/waiting.tsx';
import { groupOf } from '../runs/run-filter.ts';
import { Explanation } from './explanation.tsx';
import { explain } from './why-calls.ts';
import './why.css';

const dayMs = 86_400_000;
const kinds = { done: 'did', open: 'did', not: 'not', failed: 'failed' } as const;

export interface WhyPanelProps {
  readonly rule: string;
  readonly runs: readonly RunSummary[];
  /** As the address has it: epoch milliseconds, `21:04` or `-2h`. */
  readonly asked: string | undefined;
  readonly onAsk: (at: string) => void;
}

function Answer({ rule, at }: { readonly rule: string; readonly at: string }) {
  const { api } = useHouse();
  const { say } = useWords();
  const { data, error } = useQuery({
    queryKey: ['explain', rule, at],
    queryFn: () => explain(api, rule, { at }),
    retry: false,
    staleTime: 60_000,
  });
  if (data) return <Explanation view={data} />;
  if (!error) return <Waiting rows={2} />;
  return (
    <p className="why-doubt" role="alert">
      {problemWords(say, error)}
    </p>
  );
}

function momentOf(asked: string | undefined): number | undefined {
  return asked !== undefined && /^\d{11,}$/.test(asked) ? Number(asked) : undefined;
}

function TimeForm({ onAsk }: Pick<WhyPanelProps, 'onAsk'>) {
  const { say } = useWords();
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') onAsk(text.trim());
  };
  return (
    <form className="why-form" onSubmit={submit}>
      <TextInput
        aria-label={say('why.time')}
        placeholder={say('why.time.example')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {say('why.ask')}
      </Button>
    </form>
  );
}

export function WhyPanel({ rule, runs, asked, onAsk }: WhyPanelProps) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const [opened] = useState(() => ticker.now());
  const newest = runs[0]?.at ?? 0;
  const range = useMemo(() => {
    const to = Math.max(opened, newest);
    return [to - dayMs, to] as const;
  }, [opened, newest]);
  const ticks = useMemo(
    () => runs.map(({ at, status }): LaneTick => ({ at, kind: kinds[groupOf(status)] })),
    [runs],
  );
  return (
    <section className="why card" aria-labelledby="why-title">
      <header className="why-head">
        <h3 id="why-title">{say('why.title')}</h3>
        <TimeForm onAsk={onAsk} />
      </header>
      <Lane
        isFree
        label={say('why.lane')}
        range={range}
        ticks={ticks}
        chosen={momentOf(asked)}
        onChoose={(at) => onAsk(String(at))}
      />
      {asked === undefined ? (
        <p className="dim why-hint">{say('why.choose')}</p>
      ) : (
        <Answer key={asked} rule={rule} at={asked} />
      )}
    </section>
  );
}
