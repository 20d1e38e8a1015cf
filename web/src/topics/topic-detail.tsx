// Everything known of one topic, with its value large and its last change visible.
import { Button } from '@mantine/core';
import { IconArrowUpRight, IconBolt, IconMessageOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TopicView } from '../api/types.ts';
import { parsePayload } from '../base/json.ts';
import { originWords } from '../i18n/code-words.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Empty } from '../parts/empty.tsx';
import { JsonView } from '../parts/json-view.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useTopic } from './use-topic.ts';
import './topic-detail.css';
import { LinkButton } from '../parts/link-button.tsx';

interface FactProps {
  readonly name: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, isWide = false, children }: FactProps) {
  return (
    <div className="topic-fact" data-wide={isWide}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ view }: { readonly view: TopicView }) {
  const { say, language } = useWords();
  return (
    <dl className="topic-facts">
      <Fact name={say('topics.at')}>
        <Age at={view.at} />
      </Fact>
      <Fact name={say('topics.changedAt')}>
        <Age at={view.changedAt} />
      </Fact>
      <Fact name={say('topics.count')}>
        <span className="number">{formatCount(language, view.messages)}</span>
      </Fact>
      <Fact name={say('topics.size')}>
        <span className="number">{formatBytes(language, view.bytes)}</span>
      </Fact>
      <Fact name={say('topics.qos')}>{view.qos}</Fact>
      <Fact name={say('topics.retained')}>
        {say(view.retained ? 'topics.retained.yes' : 'topics.retained.no')}
      </Fact>
      <Fact name={say('topics.by')} isWide>
        <span className="code">{view.by}</span> <span className="dim">{originWords(say, view.origin)}</span>
      </Fact>
    </dl>
  );
}

interface ValueProps {
  readonly view: TopicView;
  readonly changed: ReadonlySet<string>;
  readonly revision: number;
}

function Value({ view, changed, revision }: ValueProps) {
  const { say, language } = useWords();
  const size = formatBytes(language, view.bytes);
  if (view.payload === '') return <p className="json dim">{say('topics.empty')}</p>;
  return (
    <>
      <JsonView
        value={view.binary ? view.payload : parsePayload(view.payload)}
        revision={revision}
        changed={changed}
      />
      {view.binary ? <p className="dim topic-note">{say('topics.binary', { size })}</p> : null}
      {view.truncated ? <p className="dim topic-note">{say('topics.truncated', { size })}</p> : null}
    </>
  );
}

export interface TopicDetailProps {
  readonly topic: string;
  readonly onPublishHere: (view: TopicView | undefined) => void;
}

export function TopicDetail({ topic, onPublishHere }: TopicDetailProps) {
  const { say } = useWords();
  const { view, changed, revision, error } = useTopic(topic);
  return (
    <section className="topic-detail card" aria-label={topic}>
      <header className="topic-head">
        <h2 className="code">{topic}</h2>
        <CopyButton text={topic} />
      </header>
      {view ? <Value view={view} changed={changed} revision={revision} /> : null}
      {view ? <Facts view={view} /> : null}
      {!view && error ? (
        <Empty icon={<IconMessageOff size={24} stroke={1.6} aria-hidden />} title={say('topics.missing')} />
      ) : null}
      {!view && !error ? <Waiting rows={3} /> : null}
      <footer className="topic-actions">
        <LinkButton
          to="/rules/new"
          search={{ from: topic }}
          leftSection={<IconBolt size={16} stroke={1.8} aria-hidden />}
        >
          {say('topics.useAsTrigger')}
        </LinkButton>
        <Button
          variant="default"
          leftSection={<IconArrowUpRight size={16} stroke={1.8} aria-hidden />}
          onClick={() => onPublishHere(view)}
        >
          {say('topics.publishHere')}
        </Button>
      </footer>
    </section>
  );
}
