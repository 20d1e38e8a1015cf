// Name and password.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useHouse } from '../app/house.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { EntryFrame } from './entry-frame.tsx';
import { useEntered } from './use-session.ts';

export function LoginPage() {
  const { api } = useHouse();
  const { say } = useWords();
  const entered = useEntered();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.login({ username: username.trim(), password }),
    onSuccess: entered,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <EntryFrame title={say('entry.login')} hint={say('entry.login.hint')}>
      <form className="gate-form" onSubmit={submit}>
        <TextInput
          label={say('entry.name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <TextInput
          label={say('entry.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {error ? (
          <p className="gate-problem" role="alert">
            {problemWords(say, error)}
          </p>
        ) : null}
        <Button type="submit" loading={isPending}>
          {say('entry.login.do')}
        </Button>
      </form>
    </EntryFrame>
  );
}
