// Topics that contain what was typed, as a flat list.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { TopicView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Waiting } from '../parts/waiting.tsx';
import './search-results.css';

const mostResults = 200;

function useSearch(words: string) {
  const { api } = useHouse();
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const timer = globalThis.setTimeout(() => setSettled(words), 200);
    return () => globalThis.clearTimeout(timer);
  }, [words]);
  return useQuery({
    queryKey: ['topics', 'search', settled],
    queryFn: async ({ signal }) => (await api.searchTopics(settled, signal)).items,
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
  });
}

interface ResultProps {
  readonly view: TopicView;
  readonly isSelected: boolean;
  readonly onChoose: (topic: string) => void;
}

function Result({ view, isSelected, onChoose }: ResultProps) {
  return (
    <li>
      <button type="button" className="result" data-current={isSelected} onClick={() => onChoose(view.topic)}>
        <span className="result-topic">{view.topic}</span>
        <span className="result-value code">{view.payload === '' ? '∅' : view.payload.slice(0, 120)}</span>
      </button>
    </li>
  );
}

export interface SearchResultsProps {
  readonly words: string;
  readonly selected: string | undefined;
  readonly onChoose: (topic: string) => void;
}

export function SearchResults({ words, selected, onChoose }: SearchResultsProps) {
  const { say } = useWords();
  const { data: views } = useSearch(words);
  if (!views) return <Waiting rows={4} />;
  if (views.length === 0) return <p className="results-none dim">{say('topics.noMatch', { words })}</p>;
  return (
    <div className="results">
      <ul>
        {views.map((view) => (
          <Result key={view.topic} view={view} isSelected={view.topic === selected} onChoose={onChoose} />
        ))}
      </ul>
      {views.length >= mostResults ? (
        <p className="results-more dim">{say('topics.more', { count: mostResults })}</p>
      ) : null}
    </div>
  );
}
