// What is said in the house: the tree, one topic in full, and a box to say something.
import { IconArrowUpRight, IconChevronLeft, IconSitemap } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { PublishForm } from './publish-form.tsx';
import type { PublishStart } from './publish-start.ts';
import { SearchResults } from './search-results.tsx';
import { TopicDetail } from './topic-detail.tsx';
import { TreeTools } from './tree-tools.tsx';
import { TreeView } from './tree-view.tsx';
import { useTopicTree } from './use-topic-tree.ts';
import './topics-page.css';
import { LinkButton } from '../parts/link-button.tsx';

const route = getRouteApi('/topics');

interface ChoosingProps {
  readonly selected: string | undefined;
  readonly onChoose: (topic: string) => void;
}

function Tree({ selected, onChoose }: ChoosingProps) {
  const { say } = useWords();
  const { tree, rows, isPaused, missed, isLoaded, error, toggle } = useTopicTree(selected);
  if (!isLoaded) {
    return error ? (
      <LoadFailure error={error} retry={() => globalThis.location.reload()} />
    ) : (
      <Waiting rows={6} />
    );
  }
  if (rows.length === 0) {
    return (
      <Empty
        icon={<IconSitemap size={24} stroke={1.6} aria-hidden />}
        title={say('topics.none')}
        hint={say('topics.none.hint')}
      />
    );
  }
  return (
    <div className="tree-panel">
      <TreeTools tree={tree} isPaused={isPaused} missed={missed} />
      <TreeView tree={tree} rows={rows} selected={selected} onChoose={onChoose} onToggle={toggle} />
    </div>
  );
}

function Head() {
  const { say } = useWords();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="page-head topics-head">
      <h1>{say('topics.title')}</h1>
      <SearchBox
        className="topics-search"
        words={q ?? ''}
        label={say('topics.search')}
        clearLabel={say('topics.search.clear')}
        onSearch={(words) =>
          void navigate({
            search: ({ q: _, ...rest }) => (words === '' ? rest : { ...rest, q: words }),
            replace: true,
          })
        }
      />
      <LinkButton
        to="/topics"
        search={{ publish: 'yes' }}
        variant="default"
        className="topics-publish"
        leftSection={<IconArrowUpRight size={16} stroke={1.8} aria-hidden />}
      >
        {say('publish.title')}
      </LinkButton>
    </div>
  );
}

interface SideProps {
  readonly topic: string | undefined;
}

function Side({ topic }: SideProps) {
  const { say } = useWords();
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  const mayOperate = useMay('operate');
  const [start, setStart] = useState<PublishStart>({ topic: topic ?? '', payload: '' });
  const publishHere = (view: TopicView | undefined): void => {
    setStart({ topic: topic ?? '', payload: view && !view.binary ? view.payload : '' });
  };
  const form = mayOperate ? <PublishForm key={`${start.topic} ${start.payload}`} start={start} /> : null;
  return (
    <div className="topics-side">
      <Link to="/topics" className="topics-back">
        <IconChevronLeft size={20} stroke={1.8} aria-hidden />
        {say('topics.back')}
      </Link>
      {topic === undefined ? (
        <p className="topics-pick dim">{say('topics.pick')}</p>
      ) : (
        <TopicDetail
          key={topic}
          topic={topic}
          chosen={at}
          onChooseValue={(path) =>
            void navigate({ search: (rest) => ({ ...rest, at: path }), replace: true, resetScroll: false })
          }
          onPublishHere={publishHere}
        >
          {form}
        </TopicDetail>
      )}
      {topic === undefined ? form : null}
    </div>
  );
}

export function TopicsPage() {
  const { say } = useWords();
  const { topic, q, publish } = route.useSearch();
  const navigate = route.useNavigate();
  usePageTitle(topic ?? say('topics.title'));
  const choose = (chosen: string): void => {
    void navigate({
      search: ({ publish: _, at: __, ...rest }) => ({ ...rest, topic: chosen }),
      resetScroll: false,
    });
  };
  return (
    <div className="page topics-page" data-side={topic !== undefined || publish !== undefined}>
      <Head />
      <div className="topics">
        <div className="topics-list card">
          {q === undefined ? (
            <Tree selected={topic} onChoose={choose} />
          ) : (
            <SearchResults words={q} selected={topic} onChoose={choose} />
          )}
        </div>
        <Side topic={topic} />
      </div>
    </div>
  );
}
