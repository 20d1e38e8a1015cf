// Adds a person or a device. A password that the house makes is shown once, with what a device needs to use it.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AddedUserView, UserRequest, UserRole } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { ConnectSnippets } from '../parts/snippets/connect-snippets.tsx';
import { SecretShown } from '../parts/snippets/secret-shown.tsx';
import { useAct } from '../parts/use-act.ts';
import { useAccessCalls } from './use-access.ts';

const roles: readonly UserRole[] = ['device', 'viewer', 'editor', 'admin'];

function isRole(text: string): text is UserRole {
  return roles.some((role) => role === text);
}

interface FormProps {
  readonly busy: boolean;
  readonly onAdd: (request: UserRequest) => void;
  readonly onClose: () => void;
}

function UserForm({ busy, onAdd, onClose }: FormProps) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<UserRole>('device');
  const [password, setPassword] = useState('');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onAdd({ name: name.trim(), role, ...(password !== '' && { password }) });
  };
  return (
    <form className="access-form" onSubmit={send} onKeyDown={keepComposing}>
      <NativeSelect
        label={say('access.role')}
        description={say(`access.role.hint.${role}`)}
        value={role}
        data={roles.map((value) => ({ value, label: say(`access.role.${value}`) }))}
        onChange={({ currentTarget: { value } }) => isRole(value) && setRole(value)}
      />
      <TextInput
        label={say('access.name')}
        description={role === 'device' ? say('access.name.hint') : undefined}
        required
        autoComplete="off"
        autoCapitalize="none"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={say('access.password')}
        description={say('access.password.made')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {say('app.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {say('access.user.add')}
        </Button>
      </div>
    </form>
  );
}

export function AddUserDialog({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const [made, setMade] = useState<AddedUserView>();
  const { mutate, isPending } = useAct<UserRequest, AddedUserView>({
    do: async (request) => {
      const user = await calls.addUser(request);
      if (user.password === undefined) onClose();
      else setMade(user);
      return user;
    },
    done: ({ name }) => say('access.user.added', { name }),
    failed: 'access.failed',
    changes: ['access-users'],
  });
  if (made?.password === undefined)
    return (
      <Dialog title={say('access.user.add')} onClose={onClose}>
        <UserForm busy={isPending} onAdd={(request) => mutate(request)} onClose={onClose} />
      </Dialog>
    );
  return (
    <Dialog title={say('access.made', { name: made.name })} size="lg" onClose={onClose}>
      <SecretShown hint={say('access.made.hint')} secret={made.password} />
      {made.role === 'device' ? <ConnectSnippets user={made.name} password={made.password} /> : null}
      <div className="dialog-actions">
        <Button onClick={onClose}>{say('access.made.done')}</Button>
      </div>
    </Dialog>
  );
}
