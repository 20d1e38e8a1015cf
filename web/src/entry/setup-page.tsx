// The first administrator, with the one-time code behind the # of the address; and, if wanted, a first device.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { SetupRequest, SetupView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { useEntered } from './use-session.ts';

const fields = [
  { name: 'username', label: 'entry.name', type: 'text', autoComplete: 'username' },
  { name: 'password', label: 'entry.password', type: 'password', autoComplete: 'new-password' },
  { name: 'device', label: 'entry.device', type: 'text', autoComplete: 'off' },
  { name: 'code', label: 'entry.code', type: 'text', autoComplete: 'off' },
] as const;

type Values = Readonly<Record<(typeof fields)[number]['name'], string>>;

function requestOf({ username, password, device, code }: Values): SetupRequest {
  const wanted = device.trim();
  return {
    username: username.trim(),
    password,
    code: code.trim(),
    ...(wanted !== '' && { device: wanted }),
  };
}

function DeviceMade({
  device,
  onDone,
}: {
  readonly device: NonNullable<SetupView['device']>;
  readonly onDone: () => void;
}) {
  const { say } = useWords();
  return (
    <EntryFrame title={say('entry.made')} hint={say('entry.made.hint', { name: device.name })}>
      <div className="entry-secret">
        <code>{device.password}</code>
        <CopyButton text={device.password} />
      </div>
      <div className="entry-form">
        <Button onClick={onDone}>{say('entry.made.do')}</Button>
      </div>
    </EntryFrame>
  );
}

export function SetupPage() {
  const { api } = useHouse();
  const { say } = useWords();
  const entered = useEntered();
  const navigate = useNavigate();
  const [link] = useState(() => globalThis.location.hash.slice(1));
  const [values, setValues] = useState<Values>({ username: '', password: '', device: '', code: link });
  const { mutate, isPending, error, data } = useMutation({ mutationFn: () => api.setup(requestOf(values)) });
  const goOn = (view: SetupView): void => {
    entered(view);
    void navigate({ to: '/rules' });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate(undefined, { onSuccess: (view) => view.device === undefined && goOn(view) });
  };
  if (data?.device) return <DeviceMade device={data.device} onDone={() => goOn(data)} />;
  return (
    <EntryFrame title={say('entry.setup')} hint={say('entry.setup.hint')}>
      <form className="entry-form" onSubmit={submit}>
        {fields
          .filter(({ name }) => name !== 'code' || link === '')
          .map(({ name, label, ...rest }) => (
            <TextInput
              key={name}
              name={name}
              label={say(label)}
              description={name === 'device' || name === 'code' ? say(`entry.${name}.hint`) : undefined}
              required={name !== 'device'}
              autoCapitalize="none"
              value={values[name]}
              onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
              {...rest}
            />
          ))}
        {error ? (
          <p className="entry-problem" role="alert">
            {problemWords(say, error)}
          </p>
        ) : null}
        <Button type="submit" loading={isPending}>
          {say('entry.setup.do')}
        </Button>
      </form>
    </EntryFrame>
  );
}
