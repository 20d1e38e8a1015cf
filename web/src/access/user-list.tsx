// People and devices with a password.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { UserView } from '../api/types.ts';
import { useSession } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { AddUserDialog } from './add-user-dialog.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { useAccessCalls, useAccessList } from './use-access.ts';

type Asked = { readonly what: 'add' } | { readonly what: 'password' | 'delete'; readonly user: UserView };

interface RowProps {
  readonly user: UserView;
  readonly isSelf: boolean;
  readonly onAsk: (asked: Asked) => void;
}

function UserMenu({ user, onAsk }: RowProps) {
  const { say } = useWords();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={say('access.user.more', { name: user.name })}>
          <IconDots size={18} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconKey size={16} stroke={1.8} aria-hidden />}
          onClick={() => onAsk({ what: 'password', user })}
        >
          {say('access.user.password')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={16} stroke={1.8} aria-hidden />}
          onClick={() => onAsk({ what: 'delete', user })}
        >
          {say('access.user.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function UserRow(props: RowProps) {
  const { user, isSelf } = props;
  const { say } = useWords();
  const calls = useAccessCalls();
  const { mutate } = useAct<boolean>({
    do: (enabled) => calls.enableUser(user.name, enabled),
    failed: 'access.failed',
    changes: ['access-users', 'access-clients'],
  });
  return (
    <li className="access-row">
      <Toggle
        on={user.enabled}
        disabled={isSelf}
        label={say('access.user.enabled', { name: user.name })}
        onChange={(enabled) => mutate(enabled)}
      />
      <span className="access-row-main">
        <span className="access-row-name">
          {user.name}
          <Tag>{say(`access.role.${user.role}`)}</Tag>
          {isSelf ? <Tag tone="accent">{say('access.user.you')}</Tag> : null}
          {user.enabled ? null : <Tag tone="warn">{say('access.user.off')}</Tag>}
        </span>
        <span className="dim">{say(`access.role.hint.${user.role}`)}</span>
      </span>
      <span className="access-row-side dim">
        <Age at={user.changedAt} />
      </span>
      <UserMenu {...props} />
    </li>
  );
}

interface DeleteProps {
  readonly user: UserView;
  readonly onClose: () => void;
}

function DeleteUser({ user, onClose }: DeleteProps) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { mutate, isPending } = useAct({
    do: () => calls.deleteUser(user.name).finally(onClose),
    done: () => say('access.user.deleted', { name: user.name }),
    failed: 'problem.title.delete',
    changes: ['access-users', 'access-rules', 'access-clients'],
  });
  return (
    <Confirm
      open
      busy={isPending}
      title={say('access.user.question', { name: user.name })}
      hint={say('access.user.question.hint')}
      yes={say('access.user.delete')}
      onYes={() => mutate()}
      onClose={onClose}
    />
  );
}

export function UserList() {
  const { say } = useWords();
  const self = useSession().data?.user?.name;
  const [asked, setAsked] = useState<Asked>();
  const { data: users, error, refetch } = useAccessList('users');
  const close = (): void => setAsked(undefined);
  return (
    <>
      <div className="access-head">
        <p className="dim">{say('access.users.hint')}</p>
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setAsked({ what: 'add' })}>
          {say('access.user.add')}
        </Button>
      </div>
      {!users && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!users && !error ? <Waiting /> : null}
      {users?.length === 0 ? (
        <Empty title={say('access.users.none')} hint={say('access.users.none.hint')} />
      ) : null}
      {users && users.length > 0 ? (
        <ul className="card">
          {users.map((user) => (
            <UserRow key={user.name} user={user} isSelf={user.name === self} onAsk={setAsked} />
          ))}
        </ul>
      ) : null}
      {asked?.what === 'add' ? <AddUserDialog onClose={close} /> : null}
      {asked?.what === 'password' ? <PasswordDialog user={asked.user} onClose={close} /> : null}
      {asked?.what === 'delete' ? <DeleteUser user={asked.user} onClose={close} /> : null}
    </>
  );
}
