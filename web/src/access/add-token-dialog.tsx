// Makes a token for a program, with no more than it needs; it is shown once.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AddedTokenView, Permission, TokenRequest } from '../api/types.ts';
import { keepComposing } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { SecretShown } from '../parts/snippets/secret-shown.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { useAccessCalls } from './use-access.ts';

const scopes: readonly Permission[] = ['read', 'operate', 'edit', 'admin'];

interface FormProps {
  readonly busy: boolean;
  readonly onAdd: (request: TokenRequest) => void;
  readonly onClose: () => void;
}

function TokenForm({ busy, onAdd, onClose }: FormProps) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [days, setDays] = useState('');
  const [chosen, setChosen] = useState<readonly Permission[]>(['read']);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onAdd({ name: name.trim(), scopes: chosen, ...(days !== '' && { days: Number(days) }) });
  };
  const choose = (scope: Permission, on: boolean): void =>
    setChosen(scopes.filter((one) => (one === scope ? on : chosen.includes(one))));
  return (
    <form className="access-form" onSubmit={send} onKeyDown={keepComposing}>
      <TextInput
        label={say('access.token.name')}
        required
        data-autofocus
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <fieldset className="scopes">
        <legend>{say('access.token.scopes')}</legend>
        {scopes.map((scope) => (
          <div key={scope} className="scope">
            <Toggle
              on={chosen.includes(scope)}
              label={say(`access.scope.${scope}`)}
              onChange={(on) => choose(scope, on)}
            />
            <span aria-hidden="true">
              <strong>{say(`access.scope.${scope}`)}</strong>{' '}
              <span className="dim">{say(`access.scope.hint.${scope}`)}</span>
            </span>
          </div>
        ))}
      </fieldset>
      <TextInput
        label={say('access.token.days')}
        description={say('access.token.days.hint')}
        type="number"
        min={1}
        max={3650}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {say('app.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={chosen.length === 0}>
          {say('access.token.add')}
        </Button>
      </div>
    </form>
  );
}

export function AddTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { mutate, isPending, data } = useAct<TokenRequest, AddedTokenView>({
    do: (request) => calls.addToken(request),
    failed: 'access.failed',
    changes: ['access-tokens'],
  });
  return (
    <Dialog title={data?.name ?? say('access.token.add')} onClose={onClose}>
      {data ? (
        <>
          <SecretShown hint={say('access.token.made')} secret={data.token} />
          <div className="dialog-actions">
            <Button onClick={onClose}>{say('access.made.done')}</Button>
          </div>
        </>
      ) : (
        <TokenForm busy={isPending} onAdd={(request) => mutate(request)} onClose={onClose} />
      )}
    </Dialog>
  );
}
