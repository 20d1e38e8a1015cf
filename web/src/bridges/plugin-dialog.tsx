// The configuration of a plugin, as a form drawn from the plugin's own schema. The server checks it again.
import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { PluginView } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { inLanguage } from '../i18n/in-language.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useAct } from '../parts/use-act.ts';
import { partOf, recordOf } from './schema.ts';
import { SchemaField } from './schema-field.tsx';
import { useBridgesCalls } from './use-bridges.ts';

interface PluginDialogProps {
  readonly plugin: PluginView;
  readonly onClose: () => void;
}

export function PluginDialog({ plugin, onClose }: PluginDialogProps) {
  const { say, language } = useWords();
  const calls = useBridgesCalls();
  const [config, setConfig] = useState<unknown>(plugin.config);
  const { mutate, isPending, error } = useAct<void, PluginView>({
    do: () => calls.configure(plugin.id, recordOf(config)),
    done: () => {
      onClose();
      return say('plugins.configured', { name: inLanguage(plugin.name, language) });
    },
    changes: ['plugins'],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={inLanguage(plugin.name, language)} size="lg" onClose={onClose}>
      <form className="bridge-form" onSubmit={send} onKeyDown={keepComposing}>
        <SchemaField name="" schema={partOf(plugin.schema, language)} value={config} onChange={setConfig} />
        {error ? (
          <p className="bridge-fault" role="alert">
            {problemWords(say, error)}
          </p>
        ) : null}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {say('bridges.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
