// What clients do, what rules write and how topics drift, as it happens; nothing of it is kept. Bounded, and it can be held still.
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { LogLine } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useLive } from '../live/use-live.ts';
import { Empty } from '../parts/empty.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Tag } from '../parts/tag.tsx';

const mostLines = 500;

/** Newest first; what comes while it is held stands aside. */
interface Lines {
  readonly shown: readonly LogLine[];
  readonly held: readonly LogLine[] | undefined;
}

export function withLines({ shown, held }: Lines, news: readonly LogLine[]): Lines {
  const newest = news.toReversed();
  return held
    ? { shown, held: [...newest, ...held].slice(0, mostLines) }
    : { shown: [...newest, ...shown].slice(0, mostLines), held };
}

function goOn({ shown, held = [] }: Lines): Lines {
  return { shown: [...held, ...shown].slice(0, mostLines), held: undefined };
}

function Source({ line }: { readonly line: LogLine }) {
  if (line.source === 'rule')
    return (
      <Link to="/rules/$id" params={{ id: line.by }} className="log-by">
        {line.by}
      </Link>
    );
  if (line.source === 'topic')
    return (
      <Link to="/topics" search={{ topic: line.by }} className="log-by">
        {line.by}
      </Link>
    );
  return <span className="log-by">{line.by || '–'}</span>;
}

const bad: readonly LogLine['kind'][] = ['denied', 'refused'];

function LogRow({ line }: { readonly line: LogLine }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  return (
    <li className="log-row">
      <time className="number dim" dateTime={new Date(line.at).toISOString()}>
        {formatMoment(language, line.at, ticker.now())}
      </time>
      <Tag tone={bad.includes(line.kind) ? 'bad' : 'plain'}>{say(`system.log.kind.${line.kind}`)}</Tag>
      <Source line={line} />
      <span className="log-text">{line.text}</span>
    </li>
  );
}

export function LogView({ by }: { readonly by: string | undefined }) {
  const { say } = useWords();
  const navigate = useNavigate();
  const [lines, setLines] = useState<Lines>({ shown: [], held: undefined });
  useLive({ channel: 'log', items: (news) => setLines((old) => withLines(old, news)) });
  const { held } = lines;
  const words = (by ?? '').toLocaleLowerCase();
  const shown = lines.shown.filter((line) =>
    `${line.by} ${line.text} ${line.kind}`.toLocaleLowerCase().includes(words),
  );
  return (
    <>
      <div className="system-tools">
        <SearchBox
          className="system-search"
          words={by ?? ''}
          label={say('system.log.search')}
          clearLabel={say('system.log.search.clear')}
          onSearch={(next) =>
            void navigate({
              to: '.',
              search: { part: 'log', ...(next !== '' && { by: next }) },
              replace: true,
            })
          }
        />
        <Button
          variant="default"
          leftSection={
            held ? (
              <IconPlayerPlay size={16} stroke={1.8} aria-hidden />
            ) : (
              <IconPlayerPause size={16} stroke={1.8} aria-hidden />
            )
          }
          onClick={() => setLines((old) => (old.held ? goOn(old) : { ...old, held: [] }))}
        >
          {held ? say('system.log.goOn', { count: held.length }) : say('system.log.hold')}
        </Button>
      </div>
      {shown.length === 0 ? (
        <Empty title={say('system.log.none')} hint={say('system.log.none.hint')} />
      ) : (
        <ul className="card log" aria-label={say('system.log')}>
          {shown.map((line) => (
            <LogRow key={line.id} line={line} />
          ))}
        </ul>
      )}
    </>
  );
}
