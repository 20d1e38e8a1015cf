// Everything known of one topic, with its value large and its last change visible.
import { Button } from '@mantine/core';
import { IconArrowUpRight, IconBolt, IconMessageOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TopicView } from '../api/types.ts';
import { WhoDidThis } from '../causes/who-did-this.tsx';
import { useMay } from '../entry/use-session.ts';
import { originWords } from '../i18n/code-words.ts';
import { formatBytes, formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { TopicPayload } from './payload-view.tsx';
import { RetainedButton } from './retained-button.tsx';
import { useTopic } from './use-topic.ts';
import { ValueTools } from './value-tools.tsx';
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

export interface TopicDetailProps {
  readonly topic: string;
  /** The path of the value that is looked at. */
  readonly chosen: string | undefined;
  readonly onChooseValue: (path: string) => void;
  readonly onPublishHere: (view: TopicView | undefined) => void;
  /** Stands below when the topic is known, so that it need not move. */
  readonly children: ReactNode;
}

export function TopicDetail({ topic, chosen, onChooseValue, onPublishHere, children }: TopicDetailProps) {
  const { say } = useWords();
  const { view, changed, revision, before, error } = useTopic(topic);
  const [mayEdit, mayOperate] = [useMay('edit'), useMay('operate')];
  return (
    <>
      <section className="topic-detail card" aria-label={topic}>
        <header className="topic-head">
          <h2 className="code">{topic}</h2>
          <CopyButton text={topic} />
        </header>
        {view ? <TopicPayload view={view} before={before} changed={changed} revision={revision} /> : null}
        {view ? <ValueTools view={view} chosen={chosen} onChoose={onChooseValue} /> : null}
        {view ? <Facts view={view} /> : null}
        {view ? <WhoDidThis key={topic} effect={{ topic }} name={topic} /> : null}
        {!view && error ? (
          <Empty icon={<IconMessageOff size={24} stroke={1.6} aria-hidden />} title={say('topics.missing')} />
        ) : null}
        {!view && !error ? <Waiting rows={3} /> : null}
        <footer className="topic-actions">
          {mayEdit ? (
            <LinkButton
              to="/rules/new"
              search={{ from: topic }}
              leftSection={<IconBolt size={16} stroke={1.8} aria-hidden />}
            >
              {say('topics.useAsTrigger')}
            </LinkButton>
          ) : null}
          {mayOperate ? (
            <Button
              variant="default"
              leftSection={<IconArrowUpRight size={16} stroke={1.8} aria-hidden />}
              onClick={() => onPublishHere(view)}
            >
              {say('topics.publishHere')}
            </Button>
          ) : null}
          {mayOperate && view?.retained ? <RetainedButton view={view} /> : null}
        </footer>
      </section>
      {view || error ? children : null}
    </>
  );
}
