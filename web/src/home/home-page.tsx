// The overview: is all well, what is used most, and what just happened.
import { useWords } from '../i18n/use-words.ts';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useAllRuns } from '../runs/use-all-runs.ts';
import { type HouseState, mattersOf } from './attention.ts';
import { AttentionList } from './attention-list.tsx';
import { EventFeed } from './event-feed.tsx';
import { FavouriteDevices } from './favourites.tsx';
import { FirstSteps } from './first-steps.tsx';
import { RunStrip } from './run-strip.tsx';
import { StatusRow } from './status-row.tsx';
import { useHouseState } from './use-house-state.ts';
import './home-page.css';

function Overview({ state }: { readonly state: HouseState }) {
  const { rules, devices } = state;
  const { data: runs = [] } = useAllRuns();
  const isEmpty = rules.length === 0 && devices.length === 0;
  return (
    <>
      <StatusRow state={state} />
      <div className="home">
        <div className="home-main">
          <AttentionList matters={mattersOf(state)} />
          {isEmpty ? <FirstSteps /> : null}
          {devices.length > 0 ? <FavouriteDevices devices={devices} /> : null}
          {rules.length > 0 ? <RunStrip runs={runs} /> : null}
        </div>
        {isEmpty ? null : <EventFeed runs={runs} rules={rules} devices={devices} />}
      </div>
    </>
  );
}

export function HomePage() {
  const { say } = useWords();
  const { state, error, retry } = useHouseState();
  usePageTitle(say('nav.home'));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{say('nav.home')}</h1>
      </div>
      {state ? <Overview state={state} /> : null}
      {!state && error ? <LoadFailure error={error} retry={retry} /> : null}
      {!state && !error ? <Waiting rows={5} /> : null}
    </div>
  );
}
