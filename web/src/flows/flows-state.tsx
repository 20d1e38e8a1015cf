// How Node-RED is, in words; for who administers, the commands. What went wrong with the flows stands above everything.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { FlowsView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { formatBytes } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Tag, type TagProps } from '../parts/tag.tsx';
import { useFlowsCommand } from './use-flows.ts';

const tones: Readonly<Record<FlowsView['state'], NonNullable<TagProps['tone']>>> = {
  off: 'plain',
  stopped: 'plain',
  starting: 'accent',
  running: 'accent',
  safe: 'warn',
  crashed: 'bad',
};

function Commands({ flows }: { readonly flows: FlowsView }) {
  const { say } = useWords();
  const { mutate, isPending } = useFlowsCommand();
  if (flows.state === 'off') return null;
  const rests = flows.state === 'stopped' || flows.state === 'crashed';
  if (rests)
    return (
      <Button
        loading={isPending}
        leftSection={<IconPlayerPlay size={16} stroke={1.8} aria-hidden />}
        onClick={() => mutate({ command: 'start' })}
      >
        {say('flows.start')}
      </Button>
    );
  return (
    <>
      <Button
        variant="default"
        loading={isPending}
        leftSection={<IconRefresh size={16} stroke={1.8} aria-hidden />}
        onClick={() => mutate({ command: 'restart' })}
      >
        {say('flows.restart')}
      </Button>
      <Button
        variant="default"
        disabled={isPending}
        leftSection={<IconPlayerStop size={16} stroke={1.8} aria-hidden />}
        onClick={() => mutate({ command: 'stop' })}
      >
        {say('flows.stop')}
      </Button>
    </>
  );
}

function State({ flows }: { readonly flows: FlowsView }) {
  const { say, language } = useWords();
  return (
    <span className="flows-state">
      <Tag tone={tones[flows.state]}>{say(`flows.state.${flows.state}`)}</Tag>
      {flows.state === 'off' ? null : <Age at={flows.since} className="dim" />}
      {flows.rss === undefined ? null : (
        <span className="dim number">{formatBytes(language, flows.rss)}</span>
      )}
    </span>
  );
}

interface FlowsHeadProps {
  readonly flows: FlowsView | undefined;
  /** One line, for the editor needs the room; the commands come when it is opened. */
  readonly isFolded: boolean;
}

export function FlowsHead({ flows, isFolded }: FlowsHeadProps) {
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  const line = (
    <>
      <h1>{say('flows.title')}</h1>
      {flows ? <State flows={flows} /> : null}
    </>
  );
  const commands = flows && mayAdmin ? <Commands flows={flows} /> : null;
  if (isFolded && commands)
    return (
      <details className="flows-fold">
        <summary>{line}</summary>
        <div className="flows-commands">{commands}</div>
      </details>
    );
  return (
    <div className={isFolded ? 'flows-fold' : 'page-head flows-head'}>
      {line}
      {commands ? <div className="page-head-end flows-commands">{commands}</div> : null}
    </div>
  );
}

/** Only when flows ended Node-RED: what that means, and the way out. */
export function FlowsBanner({ flows }: { readonly flows: FlowsView }) {
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  const { mutate, isPending } = useFlowsCommand();
  const { state, lastError } = flows;
  if (state !== 'safe' && state !== 'crashed') return null;
  return (
    <section className="flows-banner" role="alert" data-tone={state === 'safe' ? 'warn' : 'bad'}>
      <IconAlertTriangle size={20} stroke={1.8} aria-hidden />
      <div className="flows-banner-words">
        <strong>{say(`flows.banner.${state}`)}</strong>
        <span>{say(`flows.banner.hint.${state}`)}</span>
        {lastError ? (
          <span className="code">
            {lastError.message} · <Age at={lastError.at} />
          </span>
        ) : null}
      </div>
      {mayAdmin ? (
        <Button
          variant="default"
          loading={isPending}
          onClick={() => mutate(state === 'safe' ? { command: 'restart' } : { command: 'start', safe: true })}
        >
          {say(state === 'safe' ? 'flows.banner.run' : 'flows.banner.safely')}
        </Button>
      ) : null}
    </section>
  );
}
