// One plugin.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PluginView } from '../api/types.ts';
import { formatCount } from '../i18n/format.ts';
import { inLanguage } from '../i18n/in-language.ts';
import { useWords } from '../i18n/use-words.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Tag, type TagProps } from '../parts/tag.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { useBridgesCalls } from './use-bridges.ts';

const tones: Readonly<Record<PluginView['state'], NonNullable<TagProps['tone']>>> = {
  off: 'plain',
  starting: 'accent',
  running: 'accent',
  waiting: 'warn',
  failed: 'bad',
};

/** What it was let do, in the words of its manifest. */
function Rights({ plugin }: { readonly plugin: PluginView }) {
  const { say } = useWords();
  const { publish = [], subscribe = [], devices = [], secrets = [], http } = plugin.permissions;
  const rights = [
    publish.length > 0 && say('plugins.may.publish', { topics: publish.join(', ') }),
    subscribe.length > 0 && say('plugins.may.subscribe', { topics: subscribe.join(', ') }),
    devices.length > 0 && say('plugins.may.devices', { how: devices.join(', ') }),
    secrets.length > 0 && say('plugins.may.secrets', { names: secrets.join(', ') }),
    http === true && say('plugins.may.http'),
  ].filter((right) => right !== false);
  return rights.length === 0 ? null : <p className="plugin-rights dim">{rights.join(' · ')}</p>;
}

function RemoveButton({ plugin }: { readonly plugin: PluginView }) {
  const { say } = useWords();
  const calls = useBridgesCalls();
  const [isOpen, setOpen] = useState(false);
  const { mutate, isPending } = useAct({
    do: () => calls.removePlugin(plugin.id).finally(() => setOpen(false)),
    failed: 'problem.title.delete',
    changes: ['plugins'],
  });
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setOpen(true)}>
        {say('plugins.remove')}
      </Button>
      <Confirm
        open={isOpen}
        busy={isPending}
        title={say('plugins.question', { name: plugin.id })}
        hint={say('plugins.question.hint')}
        yes={say('plugins.remove')}
        onYes={() => mutate()}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

function Health({ plugin }: { readonly plugin: PluginView }) {
  const { say, language } = useWords();
  const { state, reason, health, words, figures } = plugin;
  return (
    <>
      {reason === '' ? null : (
        <div className="bridge-fault">
          <p>{say(state === 'waiting' ? 'plugins.ended' : 'plugins.gaveUp')}</p>
          <pre className="plugin-last-words code">{reason}</pre>
        </div>
      )}
      {state === 'running' && words !== '' ? <p data-health={health}>{words}</p> : null}
      {state === 'running' && figures.dropped > 0 ? (
        <p className="bridge-fault">
          {say('plugins.dropped', { count: figures.dropped, shown: formatCount(language, figures.dropped) })}
        </p>
      ) : null}
    </>
  );
}

interface PluginCardProps {
  readonly plugin: PluginView;
  readonly onConfigure: () => void;
}

export function PluginCard({ plugin, onConfigure }: PluginCardProps) {
  const { say, language } = useWords();
  const calls = useBridgesCalls();
  const { mutate, isPending } = useAct<boolean, PluginView>({
    do: (enabled) => calls.enablePlugin(plugin.id, enabled),
    failed: 'bridges.failed',
    changes: ['plugins'],
  });
  const name = inLanguage(plugin.name, language);
  const hasConfig = Object.keys(plugin.schema).length > 0;
  return (
    <li className="bridge plugin card">
      <div className="bridge-head">
        <h3>{name}</h3>
        <Tag tone={tones[plugin.state]}>{say(`plugins.state.${plugin.state}`)}</Tag>
        <span className="dim code">{plugin.version}</span>
        <Toggle
          on={plugin.enabled}
          disabled={isPending}
          label={say('plugins.enabled', { name })}
          onChange={(enabled) => mutate(enabled)}
        />
      </div>
      {plugin.description ? <p>{inLanguage(plugin.description, language)}</p> : null}
      <Health plugin={plugin} />
      <Rights plugin={plugin} />
      <div className="bridge-tools">
        {hasConfig ? (
          <Button variant="default" onClick={onConfigure}>
            {say('plugins.configure')}
          </Button>
        ) : null}
        {plugin.origin === 'installed' ? <RemoveButton plugin={plugin} /> : null}
      </div>
    </li>
  );
}
