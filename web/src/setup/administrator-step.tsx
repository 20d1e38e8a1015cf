// The first administrator, with the one-time code behind the # of the address.
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { useEntered, useSession } from '../entry/use-session.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { SetupStep } from './setup-step.tsx';
import { useWalk } from './walk.ts';

const fields = [
  { name: 'username', label: 'entry.name', type: 'text', autoComplete: 'username' },
  { name: 'password', label: 'entry.password', type: 'password', autoComplete: 'new-password' },
  { name: 'code', label: 'entry.code', type: 'text', autoComplete: 'off' },
] as const;

type Values = Readonly<Record<(typeof fields)[number]['name'], string>>;

/** Only who is at this machine may go on without an administrator. */
function useSkip(): (() => void) | undefined {
  const { next } = useWalk();
  const mayGoOn = useSession().data?.user?.may.includes('admin') ?? false;
  return mayGoOn ? () => next({ isOpen: true }) : undefined;
}

export function AdministratorStep() {
  const { api } = useHouse();
  const { say } = useWords();
  const { next } = useWalk();
  const entered = useEntered();
  const skip = useSkip();
  const [link] = useState(() => globalThis.location.hash.slice(1));
  const [values, setValues] = useState<Values>({ username: '', password: '', code: link });
  const { username, password, code } = values;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.setup({ username: username.trim(), password, code: code.trim() }),
    onSuccess: (view) => {
      next({ isOpen: false });
      entered(view);
    },
  });
  const action = { words: say('entry.setup.do'), busy: isPending, do: mutate };
  return (
    <SetupStep title={say('entry.setup')} hint={say('entry.setup.hint')} action={action} onSkip={skip}>
      {fields
        .filter(({ name }) => name !== 'code' || link === '' || error !== null)
        .map(({ name, label, ...rest }, index) => (
          <TextInput
            key={name}
            name={name}
            label={say(label)}
            description={name === 'code' ? say('entry.code.hint') : undefined}
            required
            autoCapitalize="none"
            data-first={index === 0 || undefined}
            value={values[name]}
            onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            {...rest}
          />
        ))}
      {error ? (
        <p className="gate-problem" role="alert">
          {problemWords(say, error)}
        </p>
      ) : null}
      {skip ? <p className="dim setup-note">{say('setup.open.hint')}</p> : null}
    </SetupStep>
  );
}
