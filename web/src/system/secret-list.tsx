// Secrets that rules name: their names; a value goes in and is never shown.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { SecretView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { keepComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { systemCalls } from './system-calls.ts';

function SecretForm() {
  const { api } = useHouse();
  const { say } = useWords();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const { mutate, isPending } = useAct({
    do: () => systemCalls(api).putSecret(name.trim(), value),
    done: () => {
      setName('');
      setValue('');
      return say('system.secret.kept', { name });
    },
    failed: 'system.failed',
    changes: ['secrets'],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form className="card secret-form" onSubmit={send} onKeyDown={keepComposing}>
      <TextInput
        label={say('system.secret.name')}
        required
        autoComplete="off"
        autoCapitalize="none"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={say('system.secret.value')}
        type="password"
        required
        autoComplete="new-password"
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button type="submit" loading={isPending}>
        {say('system.secret.put')}
      </Button>
    </form>
  );
}

function DeleteSecret({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { api } = useHouse();
  const { say } = useWords();
  const { mutate, isPending } = useAct({
    do: () => systemCalls(api).deleteSecret(name).finally(onClose),
    failed: 'problem.title.delete',
    changes: ['secrets'],
  });
  return (
    <Confirm
      open
      busy={isPending}
      title={say('system.secret.question', { name })}
      hint={say('system.secret.question.hint')}
      yes={say('system.secret.delete')}
      onYes={() => mutate()}
      onClose={onClose}
    />
  );
}

interface RowProps {
  readonly secret: SecretView;
  readonly onDelete: () => void;
}

function SecretRow({ secret, onDelete }: RowProps) {
  const { say } = useWords();
  return (
    <li className="secret-row">
      <span className="code">{secret.name}</span>
      <Age at={secret.changedAt} className="dim" />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say('system.secret.deleteOf', { name: secret.name })}
        onClick={onDelete}
      >
        <IconTrash size={17} stroke={1.8} />
      </ActionIcon>
    </li>
  );
}

export function SecretList() {
  const { api } = useHouse();
  const { say } = useWords();
  const [leaving, setLeaving] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['secrets'],
    queryFn: ({ signal }) => systemCalls(api).secrets(signal),
  });
  return (
    <>
      <p className="dim">{say('system.secrets.hint')}</p>
      <SecretForm />
      {!data && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data && data.length > 0 ? (
        <ul className="card">
          {data.map((secret) => (
            <SecretRow key={secret.name} secret={secret} onDelete={() => setLeaving(secret.name)} />
          ))}
        </ul>
      ) : null}
      {leaving === undefined ? null : <DeleteSecret name={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}
