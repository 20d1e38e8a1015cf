// Makes or changes a bridge. What this form does not show stays as it is; a password that is left empty, too.
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { BridgeRequest, BridgeView } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { MappingPreview } from './mapping-preview.tsx';
import { useBridgesCalls } from './use-bridges.ts';

interface Draft {
  readonly name: string;
  readonly addresses: string;
  readonly topics: string;
  readonly username: string;
  readonly password: string;
  readonly tls: boolean;
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function draftOf(bridge: BridgeView | undefined): Draft {
  const { addresses = [], topics = ['# both 0 "" home/'], ...more } = bridge?.settings ?? {};
  const { username, tls } = more as Readonly<Record<string, unknown>>;
  return {
    name: bridge?.name ?? '',
    addresses: addresses.join('\n'),
    topics: topics.join('\n'),
    username: typeof username === 'string' ? username : '',
    password: '',
    tls: tls !== undefined,
  };
}

export function requestOf(bridge: BridgeView | undefined, draft: Draft): BridgeRequest {
  const { username: _name, tls, ...kept } = { ...bridge?.settings } as Readonly<Record<string, unknown>>;
  return {
    ...kept,
    addresses: linesOf(draft.addresses),
    topics: linesOf(draft.topics),
    ...(draft.username !== '' && { username: draft.username }),
    ...(draft.password !== '' && { password: draft.password }),
    ...(draft.tls && { tls: tls ?? {} }),
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly hasPassword: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

function Fields({ draft, isNew, hasPassword, onChange }: FieldsProps) {
  const { say } = useWords();
  return (
    <>
      {isNew ? (
        <TextInput
          label={say('bridges.name')}
          required
          autoComplete="off"
          data-autofocus
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value.trim() })}
        />
      ) : null}
      <Textarea
        label={say('bridges.addresses')}
        description={say('bridges.addresses.hint')}
        placeholder="broker.example.org:8883"
        classNames={{ input: 'code' }}
        required
        rows={2}
        spellCheck={false}
        value={draft.addresses}
        onChange={(event) => onChange({ addresses: event.currentTarget.value })}
      />
      <div className="bridge-switch">
        <Toggle on={draft.tls} label={say('bridges.tls')} onChange={(tls) => onChange({ tls })} />
        <span aria-hidden="true">{say('bridges.tls')}</span>
      </div>
      <div className="bridge-login">
        <TextInput
          label={say('bridges.username')}
          autoComplete="off"
          autoCapitalize="none"
          value={draft.username}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
        />
        <TextInput
          label={say('bridges.password')}
          type="password"
          autoComplete="new-password"
          placeholder={hasPassword ? say('bridges.password.kept') : ''}
          value={draft.password}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label={say('bridges.topics')}
        description={say('bridges.topics.hint')}
        classNames={{ input: 'code' }}
        required
        rows={4}
        spellCheck={false}
        value={draft.topics}
        onChange={(event) => onChange({ topics: event.currentTarget.value })}
      />
      <MappingPreview lines={linesOf(draft.topics)} />
    </>
  );
}

interface BridgeDialogProps {
  /** Undefined: a new one. */
  readonly bridge: BridgeView | undefined;
  readonly onClose: () => void;
}

export function BridgeDialog({ bridge, onClose }: BridgeDialogProps) {
  const { say } = useWords();
  const calls = useBridgesCalls();
  const [draft, setDraft] = useState(() => draftOf(bridge));
  const { mutate, isPending, error } = useAct({
    do: () => calls.saveBridge(draft.name, requestOf(bridge, draft)),
    done: () => {
      onClose();
      return say('bridges.saved', { name: draft.name });
    },
    changes: ['bridges'],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={bridge?.name ?? say('bridges.add')} size="lg" onClose={onClose}>
      <form className="bridge-form" onSubmit={send} onKeyDown={keepComposing}>
        <Fields
          draft={draft}
          isNew={bridge === undefined}
          hasPassword={bridge?.hasPassword === true}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
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
