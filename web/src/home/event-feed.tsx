// What just happened, as sentences: what came, which rule it woke, what that did. Each part leads to its page.
import { useQueries } from '@tanstack/react-query';
import type { DeviceView, RuleSummary, RunSummary, RunView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { runKey } from '../runs/use-runs.ts';
import { EventSentence } from './event-sentence.tsx';
import { eventsOf } from './events.ts';
import './event-feed.css';

const mostEvents = 12;

/** In full: the list does not say what a run did. */
function useFull(runs: readonly RunSummary[]): readonly RunView[] {
  const { api } = useHouse();
  const answers = useQueries({
    queries: runs.map(({ id }) => ({
      queryKey: runKey(id),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.run(id, signal),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  return answers.flatMap(({ data }) => data ?? []);
}

export interface EventFeedProps {
  readonly runs: readonly RunSummary[];
  readonly rules: readonly RuleSummary[];
  readonly devices: readonly DeviceView[];
}

export function EventFeed({ runs, rules, devices }: EventFeedProps) {
  const { say } = useWords();
  const events = eventsOf(runs, mostEvents);
  const full = useFull(events.map(({ run }) => run));
  return (
    <section aria-label={say('home.events')}>
      <div className="home-head">
        <h2 className="home-title">{say('home.events')}</h2>
      </div>
      {events.length === 0 ? <p className="dim">{say('home.events.none')}</p> : null}
      {full.length === 0 ? null : (
        <ol className="card events">
          {full.map((run) => (
            <EventSentence
              key={run.id}
              run={run}
              times={events.find((event) => event.run.id === run.id)?.times ?? 1}
              rules={rules}
              devices={devices}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
