// MQTT clients that are here, and the sessions of those that are away.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ClientSummary } from '../api/types.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Tag } from '../parts/tag.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useAccessCalls, useAccessList } from './use-access.ts';

function Figures({ client }: { readonly client: ClientSummary }) {
  const { say, language } = useWords();
  const count = (number = 0): string => formatCount(language, number);
  return (
    <span className="dim number">
      {client.connected
        ? say('access.client.figures', { in: count(client.messagesIn), out: count(client.messagesOut) })
        : say('access.client.queued', { count: client.queued })}
      {' · '}
      {say('access.client.subscriptions', { count: client.subscriptions.length })}
    </span>
  );
}

function ClientRow({ client }: { readonly client: ClientSummary }) {
  const { say } = useWords();
  const calls = useAccessCalls();
  const { mutate, isPending } = useAct({
    do: () => calls.endClient(client.id),
    done: () => say('access.client.ended', { name: client.id }),
    failed: 'access.failed',
    changes: ['access-clients'],
  });
  const facts = [client.user ?? say('access.client.anonymous'), client.address, client.transport];
  return (
    <li className="access-row">
      <span className="access-row-main">
        <span className="access-row-name">
          {client.id}
          {client.connected ? null : <Tag>{say('access.client.away')}</Tag>}
          {client.dropped ? (
            <Tag tone="warn">{say('access.client.dropped', { count: client.dropped })}</Tag>
          ) : null}
        </span>
        {client.connected ? (
          <span className="dim">
            {facts.filter(Boolean).join(' · ')} · MQTT {client.protocol}
            {client.connectedAt === undefined ? null : (
              <>
                {' · '}
                <Age at={client.connectedAt} />
              </>
            )}
          </span>
        ) : null}
        <Figures client={client} />
      </span>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {say(client.connected ? 'access.client.end' : 'access.client.forget')}
      </Button>
    </li>
  );
}

export function ClientList() {
  const { say } = useWords();
  const [words, setWords] = useState('');
  const { data: clients, error, refetch } = useAccessList('clients');
  const wanted = words.toLocaleLowerCase();
  const shown = clients?.filter(({ id, user = '', address = '' }) =>
    `${id}\n${user}\n${address}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <>
      <SearchBox
        className="access-search"
        words={words}
        label={say('access.client.search')}
        clearLabel={say('access.client.search.clear')}
        onSearch={setWords}
      />
      {!clients && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!clients && !error ? <Waiting /> : null}
      {shown?.length === 0 ? (
        <Empty title={say('access.clients.none')} hint={say('access.clients.none.hint')} />
      ) : null}
      {shown && shown.length > 0 ? (
        <ul className="card">
          {shown.map((client) => (
            <ClientRow key={client.id} client={client} />
          ))}
        </ul>
      ) : null}
    </>
  );
}
