// Browsers that people are logged in with; each can be put out, or all but this one.
import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useState } from 'react';
import type { BrowserSessionView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { browserName, isMobile } from './browser-words.ts';
import { useAccessCalls, useAccessList } from './use-access.ts';

function SessionRow({ session }: { readonly session: BrowserSessionView }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { id, user, address, browser = '', createdAt, seenAt, isCurrent } = session;
  const { mutate, isPending } = useAct({
    do: () => calls.endSession(id),
    done: () => say('access.session.ended', { name: user }),
    failed: 'access.failed',
    changes: ['access-sessions'],
  });
  const Icon = isMobile(browser) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className="access-row">
      <Icon className="access-row-icon" size={20} stroke={1.6} aria-hidden />
      <span className="access-row-main">
        <span className="access-row-name">
          <span title={browser}>{browserName(browser) ?? say('access.session.unknown')}</span>
          {isCurrent ? <Tag tone="accent">{say('access.session.this')}</Tag> : null}
        </span>
        <span className="dim">
          {user} · {address}
        </span>
        <span className="dim">
          {say('access.session.login')} <Age at={createdAt} />
          {isCurrent ? null : (
            <>
              {' · '}
              {say('access.session.seen')} <Age at={seenAt} />
            </>
          )}
        </span>
      </span>
      {isCurrent ? null : (
        <Button
          variant="default"
          loading={isPending}
          aria-label={say('access.session.endOf', { name: user, address })}
          onClick={() => mutate()}
        >
          {say('access.session.end')}
        </Button>
      )}
    </li>
  );
}

function EndOthers({ count }: { readonly count: number }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending } = useAct({
    do: () => calls.endOtherSessions().finally(() => setAsking(false)),
    done: ({ ended }) => say('access.sessions.ended', { count: ended }),
    failed: 'access.failed',
    changes: ['access-sessions'],
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say('access.sessions.end')}
      </Button>
      <Confirm
        open={isAsking}
        busy={isPending}
        title={say('access.sessions.question', { count })}
        hint={say('access.sessions.question.hint')}
        yes={say('access.sessions.end')}
        onYes={() => mutate()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

export function SessionList() {
  const { say } = useWords();
  const { data: sessions, error, refetch } = useAccessList('sessions');
  const others = sessions?.filter(({ isCurrent }) => !isCurrent) ?? [];
  return (
    <>
      <div className="access-head">
        <p className="dim">{say('access.sessions.hint')}</p>
        {others.length > 0 ? <EndOthers count={others.length} /> : null}
      </div>
      {!sessions && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!sessions && !error ? <Waiting /> : null}
      {sessions?.length === 0 ? (
        <Empty title={say('access.sessions.none')} hint={say('access.sessions.none.hint')} />
      ) : null}
      {sessions && sessions.length > 0 ? (
        <ul className="card">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      ) : null}
    </>
  );
}
