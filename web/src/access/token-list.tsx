// Tokens of programs: what each may do, until when, and when it was used.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { TokenView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { AddTokenDialog } from './add-token-dialog.tsx';
import { useAccessCalls, useAccessList } from './use-access.ts';

function TokenRow({ token, onDelete }: { readonly token: TokenView; readonly onDelete: () => void }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const { expiresAt, usedAt } = token;
  return (
    <li className="access-row">
      <span className="access-row-main">
        <span className="access-row-name">
          {token.name}
          {token.scopes.map((scope) => (
            <Tag key={scope} tone={scope === 'admin' ? 'warn' : 'plain'}>
              {say(`access.scope.${scope}`)}
            </Tag>
          ))}
        </span>
        <span className="dim">
          {say('access.token.by', { name: token.by })} · <Age at={token.createdAt} /> ·{' '}
          {expiresAt === undefined
            ? say('access.token.forever')
            : say('access.token.until', { moment: formatMoment(language, expiresAt, ticker.now()) })}
        </span>
        <span className="dim">
          {usedAt === undefined ? say('access.token.unused') : say('access.token.used')}{' '}
          {usedAt === undefined ? null : <Age at={usedAt} />}
        </span>
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say('access.token.delete', { name: token.name })}
        onClick={onDelete}
      >
        <IconTrash size={17} stroke={1.8} />
      </ActionIcon>
    </li>
  );
}

function DeleteToken({ token, onClose }: { readonly token: TokenView; readonly onClose: () => void }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { mutate, isPending } = useAct({
    do: () => calls.deleteToken(token.id).finally(onClose),
    failed: 'problem.title.delete',
    changes: ['access-tokens'],
  });
  return (
    <Confirm
      open
      busy={isPending}
      title={say('access.token.question', { name: token.name })}
      hint={say('access.token.question.hint')}
      yes={say('access.token.do')}
      onYes={() => mutate()}
      onClose={onClose}
    />
  );
}

export function TokenList() {
  const { say } = useWords();
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<TokenView>();
  const { data: tokens, error, refetch } = useAccessList('tokens');
  return (
    <>
      <div className="access-head">
        <p className="dim">{say('access.tokens.hint')}</p>
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setAdding(true)}>
          {say('access.token.add')}
        </Button>
      </div>
      {!tokens && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!tokens && !error ? <Waiting /> : null}
      {tokens?.length === 0 ? <Empty title={say('access.tokens.none')} /> : null}
      {tokens && tokens.length > 0 ? (
        <ul className="card">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onDelete={() => setLeaving(token)} />
          ))}
        </ul>
      ) : null}
      {isAdding ? <AddTokenDialog onClose={() => setAdding(false)} /> : null}
      {leaving ? <DeleteToken token={leaving} onClose={() => setLeaving(undefined)} /> : null}
    </>
  );
}
