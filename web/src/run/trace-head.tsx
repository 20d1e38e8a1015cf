// How the run ended, in words, and what can be done while it waits.
import { Button } from '@mantine/core';
import { IconPlayerTrackNext, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { RuleSummary, Trace } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { reasonWords } from '../i18n/code-words.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { formatMoment, formatSpan, inSequence } from '../i18n/format.ts';
import { type Say, useWords } from '../i18n/use-words.ts';
import { Countdown } from '../parts/age.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { OutcomeIcon } from '../parts/outcome.tsx';
import { Tag } from '../parts/tag.tsx';
import { versionName } from '../versions/version-name.ts';
import { RunTools } from './run-tools.tsx';
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

/** Leads to the version; when another one is in force, to what changed since. */
function RanAs({ trace, rule }: Omit<TraceHeadProps, 'isNamed'>) {
  const { say } = useWords();
  const { version } = trace;
  const isOlder = rule !== undefined && version !== rule.version;
  const search = isOlder
    ? ({ tab: 'versions', version: versionName(rule.version), against: versionName(version) } as const)
    : ({ tab: 'versions', version: versionName(version) } as const);
  return (
    <Link to="/rules/$id" params={{ id: trace.rule }} search={search} className="trace-version">
      {say('runs.version', { version })}
      {isOlder ? <Tag tone="warn">{say('runs.changed')}</Tag> : null}
    </Link>
  );
}

function Facts({ trace, rule }: Omit<TraceHeadProps, 'isNamed'>) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const took = trace.endedAt === undefined ? undefined : formatSpan(language, trace.endedAt - trace.at);
  return (
    <p className="trace-facts dim number">
      <span>{formatMoment(language, trace.at, ticker.now())}</span>
      {took === undefined ? null : <span>{say('trace.took', { time: took })}</span>}
      <RanAs trace={trace} rule={rule} />
      {trace.key === undefined ? null : <Tag>{say('runs.key', { key: trace.key })}</Tag>}
    </p>
  );
}

/** A failed run has the code of what was wrong for a reason; its error knows more. */
function whyWords(say: Say, { status, reason, error }: Trace): string {
  if (reason === undefined) return '';
  if (status === 'failed' && error?.code === reason) return faultWords(say, error);
  const message = reasonWords(say, status, reason);
  return status === 'failed' ? faultWords(say, { code: reason, message }) : message;
}

export interface TraceHeadProps {
  readonly trace: Trace;
  /** As it is now. */
  readonly rule: RuleSummary | undefined;
  readonly isNamed: boolean;
}

export function TraceHead({ trace, rule, isNamed }: TraceHeadProps) {
  const { say } = useWords();
  const mayOperate = useMay('operate');
  const why = whyWords(say, trace);
  return (
    <header className="trace-head card" data-status={trace.status}>
      <div className="trace-head-line">
        <OutcomeIcon status={trace.status} size={22} />
        <div className="trace-head-words">
          {isNamed ? (
            <Link to="/rules/$id" params={{ id: trace.rule }} className="trace-rule">
              {rule?.name ?? trace.rule}
            </Link>
          ) : null}
          <h2>{say(`status.${trace.status}`)}</h2>
          <p>{inSequence([say(`ending.${trace.status}`), why])}</p>
          <Facts trace={trace} rule={rule} />
        </div>
        <CopyButton text={JSON.stringify(trace, undefined, 2)} />
      </div>
      <RunTools trace={trace} />
      {trace.status === 'waiting' && mayOperate ? <Waiting trace={trace} /> : null}
    </header>
  );
}
