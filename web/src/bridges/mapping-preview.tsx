// What each line of a bridge would do, with a topic of this house that it would carry.
import { IconArrowLeft, IconArrowRight, IconArrowsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { mappingOf, sampleOf } from './topic-mapping.ts';

const arrows = { in: IconArrowLeft, out: IconArrowRight, both: IconArrowsHorizontal } as const;

function Line({ line, topics }: { readonly line: string; readonly topics: readonly string[] }) {
  const { say } = useWords();
  const mapping = mappingOf(line);
  if (mapping === undefined) return <li className="dim">{say('bridges.mapping.unclear', { line })}</li>;
  const Arrow = arrows[mapping.direction];
  const sample = sampleOf(line, topics);
  return (
    <li>
      <span className="mapping">
        <span className="code">{mapping.local}</span>
        <Arrow size={16} stroke={1.8} aria-label={say(`bridges.way.${mapping.direction}`)} />
        <span className="code">{mapping.remote}</span>
      </span>
      {sample ? (
        <span className="dim mapping-sample">
          {say('bridges.mapping.sample')} <span className="code">{sample.from}</span> →{' '}
          <span className="code">{sample.to}</span>
        </span>
      ) : null}
    </li>
  );
}

export function MappingPreview({ lines }: { readonly lines: readonly string[] }) {
  const { api } = useHouse();
  const { say } = useWords();
  const { data: topics = [] } = useQuery({
    queryKey: ['bridge-topics'],
    queryFn: async ({ signal }) => (await api.searchTopics('', signal)).items.map(({ topic }) => topic),
  });
  if (lines.length === 0) return null;
  return (
    <section className="mappings" aria-label={say('bridges.mapping')}>
      <h3>
        {say('bridges.mapping')} <span className="dim">{say('bridges.mapping.hint')}</span>
      </h3>
      <ul>
        {[...new Set(lines)].map((line) => (
          <Line key={line} line={line} topics={topics} />
        ))}
      </ul>
    </section>
  );
}
