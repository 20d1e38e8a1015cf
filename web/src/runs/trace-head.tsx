// How the run ended, in words, and what can be done while it waits.
import { Button } from '@mantine/core';
import { IconPlayerTrackNext, IconX } from '@tabler/icons-react';
import type { Trace } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { reasonWords } from '../i18n/code-words.ts';
import { formatMoment, formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Countdown } from '../parts/age.tsx';
import { OutcomeIcon } from '../parts/outcome.tsx';
import { Tag } from '../parts/tag.tsx';
import { useRunCommands } from './use-run-commands.ts';
import './trace-head.css';

function Waiting({ trace }: { readonly trace: Trace }) {
  const { say } = useWords();
  const { fire, cancel } = useRunCommands(trace.id);
  return (
    <div className="trace-waiting">
      {trace.due === undefined ? null : (
        <strong className="trace-countdown">
          <Countdown due={trace.due} />
        </strong>
      )}
      <span className="trace-waiting-actions">
        <Button
          variant="default"
          leftSection={<IconX size={16} stroke={1.8} aria-hidden />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {say('runs.cancel')}
        </Button>
        <Button
          leftSection={<IconPlayerTrackNext size={16} stroke={1.8} aria-hidden />}
          loading={fire.isPending}
          onClick={() => fire.mutate()}
        >
          {say('runs.fire')}
        </Button>
      </span>
    </div>
  );
}

function Facts({ trace, version }: { readonly trace: Trace; readonly version: number }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const took = trace.endedAt === undefined ? undefined : formatSpan(trace.endedAt - trace.at);
  return (
    <p className="trace-facts dim number">
      <span>{formatMoment(language, trace.at, ticker.now())}</span>
      {took === undefined ? null : <span>{say('trace.took', { time: took })}</span>}
      <span>
        {trace.version === version
          ? say('runs.version', { version })
          : say('runs.older', { version: trace.version, now: version })}
      </span>
      {trace.key === undefined ? null : <Tag>{say('runs.key', { key: trace.key })}</Tag>}
    </p>
  );
}

export interface TraceHeadProps {
  readonly trace: Trace;
  /** The version of the rule now. */
  readonly version: number;
}

export function TraceHead({ trace, version }: TraceHeadProps) {
  const { say } = useWords();
  const why = trace.reason === undefined ? '' : ` ${reasonWords(say, trace.status, trace.reason)}`;
  return (
    <header className="trace-head card" data-status={trace.status}>
      <div className="trace-head-line">
        <OutcomeIcon status={trace.status} size={22} />
        <div className="trace-head-words">
          <h2>{say(`status.${trace.status}`)}</h2>
          <p>
            {say(`ending.${trace.status}`)}
            {why}
          </p>
          <Facts trace={trace} version={version} />
        </div>
      </div>
      {trace.status === 'waiting' ? <Waiting trace={trace} /> : null}
    </header>
  );
}
