// What just happened, as sentences: what came, which rule it woke, what that did; which device came or went. Each part leads to its page.
import { useQueries } from '@tanstack/react-query';
import type { DeviceView, RuleSummary, RunSummary, RunView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { runKey } from '../runs/use-runs.ts';
import { DeviceSentence } from './device-sentence.tsx';
import { EventSentence } from './event-sentence.tsx';
import { type DeviceEvent, deviceEventsOf, eventsOf } from './events.ts';
import './event-feed.css';

const mostEvents = 12;
const dayMs = 86_400_000;

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

type Told =
  | { readonly at: number; readonly run: RunView; readonly times: number }
  | ({ readonly at: number } & DeviceEvent);

/** Runs and devices in one row, the newest first. */
function useTold({ runs, devices }: EventFeedProps): readonly Told[] {
  const { ticker } = useHouse();
  const events = eventsOf(runs, mostEvents);
  const full = useFull(events.map(({ run }) => run));
  const ofRuns = full.map((run): Told => {
    const times = events.find((event) => event.run.id === run.id)?.times ?? 1;
    return { at: run.at, run, times };
  });
  const ofDevices = deviceEventsOf(devices, ticker.now() - dayMs);
  return [...ofRuns, ...ofDevices].toSorted((a, b) => b.at - a.at).slice(0, mostEvents);
}

export function EventFeed(props: EventFeedProps) {
  const { rules, devices } = props;
  const { say } = useWords();
  const told = useTold(props);
  return (
    <section aria-label={say('home.events')}>
      <div className="home-head">
        <h2 className="home-title">{say('home.events')}</h2>
      </div>
      {told.length === 0 ? <p className="dim">{say('home.events.none')}</p> : null}
      {told.length === 0 ? null : (
        <ol className="card events">
          {told.map((one) =>
            'run' in one ? (
              <EventSentence
                key={one.run.id}
                run={one.run}
                times={one.times}
                rules={rules}
                devices={devices}
              />
            ) : (
              <DeviceSentence key={`${one.kind} ${one.device.id}`} event={one} />
            ),
          )}
        </ol>
      )}
    </section>
  );
}
