// How devices come in: a first name and password for MQTT, shown once; without an administrator none is needed yet.
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { accessCalls } from '../access/access-calls.ts';
import { useHouse } from '../app/house.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { ConnectSnippets } from '../parts/snippets/connect-snippets.tsx';
import { SecretShown } from '../parts/snippets/secret-shown.tsx';
import { Snippet } from '../parts/snippets/snippet.tsx';
import { useBroker } from '../system/use-broker.ts';
import { SetupStep } from './setup-step.tsx';
import { type MadeDevice, useWalk } from './walk.ts';

/** Its topics are those of the simulated home. */
const usualName = 'home';

function OpenDoor() {
  const { say } = useWords();
  const { host, port } = useBroker();
  return (
    <SetupStep title={say('setup.device')} hint={say('setup.device.open')}>
      <Snippet text={`mosquitto_pub -h ${host} -p ${port} -t home/lamp/state -m on`} />
    </SetupStep>
  );
}

function Made({ name, password }: MadeDevice) {
  const { say } = useWords();
  return (
    <SetupStep title={say('setup.device.made', { name })} hint={say('setup.device.made.hint', { name })}>
      <div>
        <SecretShown hint={say('setup.device.once')} secret={password} />
        <ConnectSnippets user={name} password={password} />
      </div>
    </SetupStep>
  );
}

function Ask() {
  const { api } = useHouse();
  const { say } = useWords();
  const { progress, setMade, next } = useWalk();
  const { device: earlier } = progress;
  const [name, setName] = useState(earlier === undefined ? usualName : '');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => accessCalls(api).addUser({ name: name.trim(), role: 'device' }),
    onSuccess: ({ name: made, password }) => password !== undefined && setMade({ name: made, password }),
  });
  const action = { words: say('setup.device.do'), busy: isPending, do: mutate };
  return (
    <SetupStep
      title={say('setup.device')}
      hint={say('setup.device.hint')}
      action={action}
      onSkip={() => next()}
    >
      {earlier === undefined ? null : (
        <p className="setup-note">{say('setup.device.earlier', { name: earlier })}</p>
      )}
      <TextInput
        name="device"
        label={say('setup.device.name')}
        description={say('setup.device.name.hint')}
        required
        autoComplete="off"
        autoCapitalize="none"
        data-first
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {error ? (
        <p className="gate-problem" role="alert">
          {problemWords(say, error)}
        </p>
      ) : null}
    </SetupStep>
  );
}

export function DeviceStep() {
  const { progress, made } = useWalk();
  if (progress.isOpen) return <OpenDoor />;
  return made ? <Made {...made} /> : <Ask />;
}
