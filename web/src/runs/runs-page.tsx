// All runs of the house: why did it, why did it not. The filter and the chosen run stand in the address.
import { Button } from '@mantine/core';
import { IconChevronLeft, IconHistory } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleSummary, RunSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { useRules } from '../rules/use-rules.ts';
import { SelectedRun } from '../run/selected-run.tsx';
import { TimersPanel } from '../timers/timers-panel.tsx';
import { useTimers } from '../timers/use-timers.ts';
import { matchesRun, type RunFilter } from './run-filter.ts';
import { RunFilters } from './run-filters.tsx';
import { RunRow } from './run-row.tsx';
import { useAllRuns, useFoundRuns } from './use-all-runs.ts';
import { useShownRun } from './use-shown-run.ts';
import './runs-tab.css';

const atOnce = 100;

interface ListProps {
  readonly runs: readonly RunSummary[];
  readonly rules: readonly RuleSummary[];
  readonly selected: string | undefined;
}

function RunList({ runs, rules, selected }: ListProps) {
  const { say } = useWords();
  const [most, setMost] = useState(atOnce);
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  if (runs.length === 0) return <p className="card runs-nothing dim">{say('runs.noMatch')}</p>;
  return (
    <div className="run-list card">
      <ul aria-label={say('runs.list')}>
        {runs.slice(0, most).map((run) => (
          <RunRow
            key={run.id}
            run={run}
            isCurrent={run.id === selected}
            ruleName={names.get(run.rule) ?? run.rule}
          />
        ))}
      </ul>
      {runs.length > most ? (
        <Button variant="subtle" fullWidth onClick={() => setMost(most + atOnce)}>
          {say('runs.more', { count: runs.length - most })}
        </Button>
      ) : null}
    </div>
  );
}

interface LoadedProps {
  readonly runs: readonly RunSummary[];
  readonly rules: readonly RuleSummary[];
}

function LoadedRuns({ runs, rules }: LoadedProps) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const { id } = useParams({ strict: false });
  const filter: RunFilter = useSearch({ strict: false });
  const navigate = useNavigate();
  const found = useFoundRuns(runs, filter);
  const shown = found.filter((run) => matchesRun(run, filter, ticker.now()));
  const chosen = useShownRun(shown, id);
  return (
    <>
      <div className="runs-top" data-chosen={id !== undefined}>
        <TimersPanel />
        <RunFilters
          runs={found}
          rules={rules}
          filter={filter}
          onFilter={(search) => void navigate({ to: '/runs', search, replace: true, resetScroll: false })}
        />
      </div>
      <div className="runs" data-chosen={id !== undefined}>
        <RunList runs={shown} rules={rules} selected={chosen} />
        <div className="runs-trace">
          {id === undefined ? null : (
            <Link to="/runs" search={filter} className="runs-back">
              <IconChevronLeft size={20} stroke={1.8} aria-hidden />
              {say('runs.back')}
            </Link>
          )}
          {chosen === undefined ? null : <SelectedRun key={chosen} id={chosen} isAmongAll />}
        </div>
      </div>
    </>
  );
}

export function RunsPage() {
  const { say } = useWords();
  const { data, error, refetch } = useAllRuns();
  // What stands above the list comes with it, so that nothing moves.
  const { isFetched } = useTimers();
  const runs = isFetched ? data : undefined;
  const { data: rules = [] } = useRules();
  usePageTitle(say('runs.title'));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{say('runs.title')}</h1>
      </div>
      {!runs && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!runs && !error ? <Waiting rows={5} /> : null}
      {runs?.length === 0 ? (
        <Empty
          icon={<IconHistory size={24} stroke={1.6} aria-hidden />}
          title={say('runs.none')}
          hint={say('runs.none.hint.house')}
        />
      ) : null}
      {runs && runs.length > 0 ? <LoadedRuns runs={runs} rules={rules} /> : null}
    </div>
  );
}
