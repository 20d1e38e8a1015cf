// One bridge.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BridgeFigures, BridgeView } from '../api/types.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Tag, type TagProps } from '../parts/tag.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { useBridgesCalls } from './use-bridges.ts';

const tones: Readonly<Record<BridgeView['state'], NonNullable<TagProps['tone']>>> = {
  off: 'plain',
  idle: 'plain',
  connecting: 'accent',
  connected: 'accent',
  waiting: 'warn',
};
const always = ['sent', 'received', 'queued'] as const;
/** Only where there are some. */
const losses = ['dropped', 'missed', 'expired', 'refused', 'loops', 'failures'] as const;

function Figures({ figures }: { readonly figures: BridgeFigures }) {
  const { say, language } = useWords();
  return (
    <dl className="figures">
      {[...always, ...losses.filter((name) => figures[name] > 0)].map((name) => (
        <div key={name} title={say(`bridges.figure.hint.${name}`)}>
          <dt>{say(`bridges.figure.${name}`)}</dt>
          <dd className="number">{formatCount(language, figures[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function useSwitch({ name, settings }: BridgeView) {
  const calls = useBridgesCalls();
  return useAct<boolean>({
    do: (enabled) => calls.saveBridge(name, { ...settings, enabled }),
    failed: 'bridges.failed',
    changes: ['bridges'],
  });
}

function DeleteBridge({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { say } = useWords();
  const calls = useBridgesCalls();
  const { mutate, isPending } = useAct({
    do: () => calls.deleteBridge(name).finally(onClose),
    failed: 'problem.title.delete',
    changes: ['bridges'],
  });
  return (
    <Confirm
      open
      busy={isPending}
      title={say('bridges.question', { name })}
      hint={say('bridges.question.hint')}
      yes={say('bridges.delete')}
      onYes={() => mutate()}
      onClose={onClose}
    />
  );
}

function Tools({ bridge, onEdit }: { readonly bridge: BridgeView; readonly onEdit: () => void }) {
  const { say } = useWords();
  const [isLeaving, setLeaving] = useState(false);
  if (bridge.source === 'file') return <p className="dim">{say('bridges.file')}</p>;
  return (
    <div className="bridge-tools">
      <Button variant="default" onClick={onEdit}>
        {say('bridges.edit')}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setLeaving(true)}>
        {say('bridges.delete')}
      </Button>
      {isLeaving ? <DeleteBridge name={bridge.name} onClose={() => setLeaving(false)} /> : null}
    </div>
  );
}

export function BridgeCard({ bridge, onEdit }: { readonly bridge: BridgeView; readonly onEdit: () => void }) {
  const { say } = useWords();
  const { mutate } = useSwitch(bridge);
  const { name, state, since, settings, lastError, source } = bridge;
  return (
    <li className="bridge card">
      <div className="bridge-head">
        <h3>{name}</h3>
        <Tag tone={tones[state]}>{say(`bridges.state.${state}`)}</Tag>
        <Age at={since} className="dim" />
        {source === 'api' ? (
          <Toggle
            on={settings.enabled}
            label={say('bridges.enabled', { name })}
            onChange={(enabled) => mutate(enabled)}
          />
        ) : null}
      </div>
      <p className="code dim">{bridge.address || settings.addresses.join(', ')}</p>
      <ul className="bridge-topics">
        {settings.topics.map((topic) => (
          <li key={topic} className="code">
            {topic}
          </li>
        ))}
      </ul>
      <Figures figures={bridge.counters} />
      {lastError ? (
        <p className="bridge-fault">
          {faultWords(say, lastError)} · <Age at={lastError.at} />
        </p>
      ) : null}
      <Tools bridge={bridge} onEdit={onEdit} />
    </li>
  );
}
