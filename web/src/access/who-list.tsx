// Everybody who may use a topic, and who may not, each with the line that decides.
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AclWhoRequest, AclWhoView } from '../api/types.ts';
import { problemWords } from '../i18n/problem-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Tag } from '../parts/tag.tsx';
import { becauseWords } from './because-words.ts';
import { useAccessCalls } from './use-access.ts';

function WhoRow({ who }: { readonly who: AclWhoView }) {
  const { say } = useWords();
  const { user, role, allowed } = who;
  const Icon = allowed ? IconCircleCheck : IconCircleX;
  return (
    <li className="who" data-allowed={allowed}>
      <Icon
        size={18}
        stroke={1.8}
        role="img"
        aria-label={say(allowed ? 'access.test.yes' : 'access.test.no')}
      />
      <span className="who-name">
        {user ?? say('access.client.anonymous')}
        {role === undefined ? null : <Tag>{say(`access.role.${role}`)}</Tag>}
      </span>
      <span className="dim who-because">{becauseWords(say, who)}</span>
    </li>
  );
}

export function WhoList({ question: { access, topic } }: { readonly question: AclWhoRequest }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { data, error } = useQuery({
    queryKey: ['access-who', access, topic],
    queryFn: ({ signal }) => calls.who({ access, topic }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (error) return <p className="access-fault">{problemWords(say, error)}</p>;
  if (!data) return null;
  return (
    <>
      <p className="dim">
        {say('access.who.count', { count: data.filter(({ allowed }) => allowed).length, all: data.length })}
      </p>
      <ul className="who-list">
        {data.map((who) => (
          <WhoRow key={who.user ?? ''} who={who} />
        ))}
      </ul>
    </>
  );
}
