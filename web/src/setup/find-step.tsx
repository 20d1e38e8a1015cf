// What speaks in this house, while one looks; where devices must be sent, and what to do without any.
import { Button } from '@mantine/core';
import { IconBroadcast, IconBulb, IconSitemap } from '@tabler/icons-react';
import type { DeviceView } from '../api/types.ts';
import { useFormatName } from '../devices/format-name.ts';
import { useWords } from '../i18n/use-words.ts';
import { BrokerAddresses } from '../parts/qr/addresses.tsx';
import { Snippet } from '../parts/snippets/snippet.tsx';
import { useBroker } from '../system/use-broker.ts';
import { SetupStep } from './setup-step.tsx';
import { type Listening, useListening } from './use-listening.ts';
import { useWalk } from './walk.ts';

const most = 8;

function HeardDevice({ device }: { readonly device: DeviceView }) {
  const format = useFormatName(device.format);
  return (
    <li className="setup-heard">
      <IconBulb size={18} stroke={1.6} aria-hidden />
      <span>{device.name}</span>
      <span className="dim">{device.room ?? format}</span>
    </li>
  );
}

function Heard({ devices, topics }: Pick<Listening, 'devices' | 'topics'>) {
  const { say } = useWords();
  const latest = devices.toSorted((a, b) => b.createdAt - a.createdAt);
  return (
    <ul className="setup-list">
      {latest.slice(0, most).map((device) => (
        <HeardDevice key={device.id} device={device} />
      ))}
      {devices.length > most ? (
        <li className="setup-heard dim">{say('setup.find.more', { count: devices.length - most })}</li>
      ) : null}
      {topics.slice(0, most).map(({ topic, messages }) => (
        <li key={`topic ${topic}`} className="setup-heard">
          <IconSitemap size={18} stroke={1.6} aria-hidden />
          <code>{topic}/…</code>
          <span className="dim number">{say('setup.find.messages', { count: messages })}</span>
        </li>
      ))}
    </ul>
  );
}

function State({ devices, topics, secondsLeft, again }: Listening) {
  const { say } = useWords();
  const isListening = secondsLeft > 0;
  return (
    <div className="setup-state">
      <IconBroadcast size={20} stroke={1.6} aria-hidden data-on={isListening || undefined} />
      <output>
        {devices.length + topics.length > 0
          ? say('setup.find.heard', { count: devices.length })
          : say('setup.find.silent')}
      </output>
      {isListening ? (
        <span className="dim number setup-state-end">{say('setup.find.left', { count: secondsLeft })}</span>
      ) : (
        <Button variant="default" size="xs" className="setup-state-end" onClick={again}>
          {say('setup.find.again')}
        </Button>
      )}
    </div>
  );
}

/** As the simulated home must be started, with the name that it may use. */
function useHomeCommand(): string {
  const { port } = useBroker();
  const { progress, made } = useWalk();
  const password = made?.name === 'home' ? made.password : 'PASSWORD';
  const who = progress.isOpen ? '' : `home:${encodeURIComponent(password)}@`;
  return `npm run home -- --broker mqtt://${who}127.0.0.1:${port}`;
}

export function FindStep() {
  const { say } = useWords();
  const listening = useListening();
  const command = useHomeCommand();
  return (
    <SetupStep title={say('setup.find')} hint={say('setup.find.hint')}>
      <State {...listening} />
      <Heard devices={listening.devices} topics={listening.topics} />
      <BrokerAddresses />
      <details className="setup-more" open={listening.devices.length + listening.topics.length === 0}>
        <summary>{say('setup.find.none')}</summary>
        <p className="dim">{say('setup.find.home')}</p>
        <Snippet text={command} />
      </details>
    </SetupStep>
  );
}
