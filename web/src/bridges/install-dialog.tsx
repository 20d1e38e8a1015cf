// Installs a plugin from a folder of the machine that the house runs on.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PluginView } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { inLanguage } from '../i18n/in-language.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useAct } from '../parts/use-act.ts';
import { useBridgesCalls } from './use-bridges.ts';

export function InstallDialog({ onClose }: { readonly onClose: () => void }) {
  const { say, language } = useWords();
  const calls = useBridgesCalls();
  const [folder, setFolder] = useState('');
  const { mutate, isPending } = useAct<void, PluginView>({
    do: () => calls.install(folder.trim()),
    done: (plugin) => {
      onClose();
      return say('plugins.installed', { name: inLanguage(plugin.name, language) });
    },
    failed: 'bridges.failed',
    changes: ['plugins'],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('plugins.install')} onClose={onClose}>
      <form className="bridge-form" onSubmit={send} onKeyDown={keepComposing}>
        <TextInput
          label={say('plugins.folder')}
          description={say('plugins.folder.hint')}
          required
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'code' }}
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {say('plugins.install.do')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
