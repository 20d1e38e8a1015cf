// Who did what, newest first.
import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Tag } from '../parts/tag.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { deedWords } from './deed-words.ts';
import { type AuditFilter, systemCalls } from './system-calls.ts';

const outcomes = ['', 'done', 'failed', 'refused'] as const;
const tones = { done: 'plain', failed: 'warn', refused: 'bad' } as const;

/** What nobody gave words to, such as a plugin's, is shown by its code. */
function Deed({ entry }: { readonly entry: AuditView }) {
  const { say } = useWords();
  const words = deedWords(say, entry);
  return words === undefined ? <span className="code">{entry.action}</span> : <span>{words}</span>;
}

function AuditRow({ entry }: { readonly entry: AuditView }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  return (
    <li className="audit-row">
      <time className="number dim" dateTime={new Date(entry.at).toISOString()}>
        {formatMoment(language, entry.at, ticker.now())}
      </time>
      <span className="audit-main">
        <span className="audit-deed">
          <strong>{entry.who || '–'}</strong>
          <Deed entry={entry} />
          {entry.target === '' ? null : <span>{entry.target}</span>}
          {entry.outcome === 'done' ? null : (
            <Tag tone={tones[entry.outcome]}>{say(`system.outcome.${entry.outcome}`)}</Tag>
          )}
          {entry.count > 1 ? <span className="dim number">× {entry.count}</span> : null}
        </span>
        <span className="dim">{[entry.detail, entry.address].filter(Boolean).join(' · ')}</span>
      </span>
    </li>
  );
}

function useAudit(filter: AuditFilter) {
  const { api } = useHouse();
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) => systemCalls(api).audit(filter, pageParam, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}

export function AuditList() {
  const { say } = useWords();
  const [filter, setFilter] = useState<AuditFilter>({ who: '', outcome: '' });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAudit(filter);
  const entries = data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <div className="system-tools">
        <SearchBox
          className="system-search"
          words={filter.who}
          label={say('system.audit.who')}
          clearLabel={say('system.audit.who.clear')}
          onSearch={(who) => setFilter({ ...filter, who })}
        />
        <SegmentedControl
          aria-label={say('system.audit.outcome')}
          value={filter.outcome}
          onChange={(outcome) => setFilter({ ...filter, outcome })}
          data={outcomes.map((value) => ({ value, label: say(`system.outcome.${value || 'all'}`) }))}
        />
      </div>
      {!entries && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!entries && !error ? <Waiting /> : null}
      {entries?.length === 0 ? <Empty title={say('system.audit.none')} /> : null}
      {entries && entries.length > 0 ? (
        <ul className="card">
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say('system.audit.older')}
        </Button>
      ) : null}
    </>
  );
}
