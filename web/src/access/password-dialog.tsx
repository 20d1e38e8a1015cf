// A new password for somebody; what is connected with the old one ends.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { UserView } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useAct } from '../parts/use-act.ts';
import { useAccessCalls } from './use-access.ts';

interface PasswordDialogProps {
  readonly user: UserView;
  readonly onClose: () => void;
}

export function PasswordDialog({ user, onClose }: PasswordDialogProps) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const [password, setPassword] = useState('');
  const { mutate, isPending } = useAct({
    do: () => calls.setPassword(user.name, password),
    done: () => {
      onClose();
      return say('access.password.done', { name: user.name });
    },
    failed: 'access.failed',
    changes: ['access-users'],
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('access.password.title', { name: user.name })} onClose={onClose}>
      <form className="access-form" onSubmit={send} onKeyDown={keepComposing}>
        <TextInput
          type="password"
          label={say('access.password')}
          description={say('access.password.hint')}
          autoComplete="new-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            {say('app.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {say('access.user.password')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
