// Plugins: what each is for, whether it runs and why not, what it may, and its configuration.
import { Button } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { InstallDialog } from './install-dialog.tsx';
import { PluginCard } from './plugin-card.tsx';
import { PluginDialog } from './plugin-dialog.tsx';
import { usePlugins } from './use-bridges.ts';

export function PluginList() {
  const { say } = useWords();
  const [edited, setEdited] = useState<string>();
  const [isInstalling, setInstalling] = useState(false);
  const { data: plugins, error, refetch } = usePlugins();
  const plugin = plugins?.find(({ id }) => id === edited);
  return (
    <>
      <div className="bridges-head">
        <p className="dim">{say('plugins.hint')}</p>
        <Button
          variant="default"
          leftSection={<IconFolderPlus size={17} stroke={1.8} aria-hidden />}
          onClick={() => setInstalling(true)}
        >
          {say('plugins.install')}
        </Button>
      </div>
      {!plugins && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!plugins && !error ? <Waiting /> : null}
      {plugins?.length === 0 ? <Empty title={say('plugins.none')} /> : null}
      <ul className="bridges">
        {plugins?.map((one) => (
          <PluginCard key={one.id} plugin={one} onConfigure={() => setEdited(one.id)} />
        ))}
      </ul>
      {plugin ? <PluginDialog plugin={plugin} onClose={() => setEdited(undefined)} /> : null}
      {isInstalling ? <InstallDialog onClose={() => setInstalling(false)} /> : null}
    </>
  );
}
