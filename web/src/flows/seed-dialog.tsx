// Tells a seed flow about this home, then deploys it. What was drawn into it by hand stays, unless a person says otherwise.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import type { DeviceView, FlowSeedAddedView, FlowSeedSettingView, FlowSeedView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { keepComposing } from '../base/typing.ts';
import { useDevices } from '../devices/use-devices.ts';
import { inLanguage } from '../i18n/in-language.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { flowsCalls } from './flows-calls.ts';
import { type Choice, choicesFor } from './setting-choices.ts';

interface FieldProps {
  readonly setting: FlowSeedSettingView;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function SettingField({ setting, value, choices, onChange }: FieldProps) {
  const { language } = useWords();
  const list = useId();
  return (
    <>
      <TextInput
        label={inLanguage(setting.label, language)}
        value={value}
        list={choices.length > 0 ? list : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {choices.length > 0 ? (
        <datalist id={list}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} label={choice.label} />
          ))}
        </datalist>
      ) : null}
    </>
  );
}

interface SeedDialogProps {
  readonly seed: FlowSeedView;
  readonly onClose: () => void;
}

function useAdd({ seed, onClose }: SeedDialogProps) {
  const { api } = useHouse();
  const { say, language } = useWords();
  return useAct<{ settings: Readonly<Record<string, string>>; replace: boolean }, FlowSeedAddedView>({
    do: (request) => flowsCalls(api).addSeed(seed.name, request),
    done: () => {
      onClose();
      return say('flows.seed.done', { name: inLanguage(seed.title, language) });
    },
    failed: 'flows.seed.failed',
    changes: ['flows', 'flow-seeds', 'flow-versions'],
  });
}

const noDevices: readonly DeviceView[] = [];

export function SeedDialog({ seed, onClose }: SeedDialogProps) {
  const { say, language } = useWords();
  const { data: devices = noDevices } = useDevices();
  const [changes, setChanges] = useState<Readonly<Record<string, string>>>({});
  const [replace, setReplace] = useState(false);
  const { mutate, isPending } = useAdd({ seed, onClose });
  const values = { ...Object.fromEntries(seed.settings.map(({ name, value }) => [name, value])), ...changes };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate({ settings: changes, replace });
  };
  return (
    <Dialog title={inLanguage(seed.title, language)} onClose={onClose}>
      <form className="seed-form" onSubmit={send} onKeyDown={keepComposing}>
        <p className="dim">{say('flows.seed.hint')}</p>
        {seed.settings.map((setting, index) => (
          <SettingField
            key={setting.name}
            setting={setting}
            value={values[setting.name] ?? ''}
            choices={choicesFor({ settings: seed.settings, index, values, devices })}
            onChange={(value) => setChanges({ ...changes, [setting.name]: value })}
          />
        ))}
        {seed.added ? (
          <div className="seed-replace">
            <Toggle on={replace} label={say('flows.seed.replace')} onChange={setReplace} />
            <span aria-hidden="true">{say('flows.seed.replace')}</span>
          </div>
        ) : null}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {say(seed.added ? 'flows.seed.change' : 'flows.seed.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
