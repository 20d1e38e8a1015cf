// One rule: edit it, see what it did, or go back to what it was.
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import type { RuleView, RunView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { LoadFailure } from '../parts/load-failure.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { RunsTab } from '../runs/runs-tab.tsx';
import { EditTab } from './edit-tab.tsx';
import { LatestRuns } from './latest-runs.tsx';
import { MissingRule } from './missing-rule.tsx';
import { RanNotice } from './ran-notice.tsx';
import { RuleHead } from './rule-head.tsx';
import { RuleTabs, tabFrom } from './rule-tabs.tsx';
import { type DraftState, useDraft } from './use-draft.ts';
import { useRule } from './use-rule.ts';
import './rule-page.css';

const VersionsTab = lazy(async () => ({
  default: (await import('../versions/versions-tab.tsx')).VersionsTab,
}));
const Trials = lazy(async () => ({ default: (await import('../dry-run/trials.tsx')).Trials }));
const TestsTab = lazy(async () => ({ default: (await import('../tests/tests-tab.tsx')).TestsTab }));
const ShadowPanel = lazy(async () => ({ default: (await import('../shadow/shadow-panel.tsx')).ShadowPanel }));
const route = getRouteApi('/rules/$id');

interface BenchProps {
  readonly rule: RuleView;
  readonly state: DraftState;
  /** Above the editor. */
  readonly children: ReactNode;
}

function Bench({ rule, state, children }: BenchProps) {
  const mayEdit = useMay('edit');
  const { replay } = route.useSearch();
  return (
    <div className="rule-bench">
      <div className="rule-bench-main">
        {children}
        <EditTab rule={rule} state={state} onApplied={() => undefined} />
        <Suspense fallback={null}>
          {mayEdit ? <Trials rule={rule} text={state.text} replay={replay} /> : null}
        </Suspense>
      </div>
      <LatestRuns rule={rule.id} />
    </div>
  );
}

function LoadedRule({ rule }: { readonly rule: RuleView }) {
  const search = route.useSearch();
  const { run, why } = search;
  const tab = tabFrom(search.tab);
  const navigate = route.useNavigate();
  const state = useDraft(rule.id, rule);
  const [ran, setRan] = useState<RunView>();
  usePageTitle(rule.name);
  const show = (id: string): void => {
    setRan(undefined);
    void navigate({ search: { tab: 'runs', run: id } });
  };
  return (
    <div className="page">
      <RuleHead
        rule={rule}
        hasDraft={state.draft !== undefined}
        onRan={(made) => (tab === 'runs' ? show(made.id) : setRan(made))}
      />
      <RuleTabs id={rule.id} tab={tab} />
      {tab === 'runs' ? (
        <RunsTab
          rule={rule}
          selected={run}
          asked={why}
          onAsk={(at) =>
            void navigate({ search: { tab: 'runs', why: at }, replace: true, resetScroll: false })
          }
        />
      ) : null}
      {tab === 'versions' ? (
        <Suspense fallback={<Waiting rows={5} />}>
          <VersionsTab
            rule={rule}
            hasDraft={state.draft !== undefined}
            choice={search}
            onChoose={(choice) =>
              void navigate({ search: { tab: 'versions', ...choice }, replace: true, resetScroll: false })
            }
          />
        </Suspense>
      ) : null}
      {tab === 'tests' ? (
        <Suspense fallback={<Waiting rows={3} />}>
          <ShadowPanel rule={rule} />
          <TestsTab rule={rule} text={state.text} />
        </Suspense>
      ) : null}
      {tab === 'edit' ? (
        <Bench rule={rule} state={state}>
          {ran ? <RanNotice run={ran} onClose={() => setRan(undefined)} /> : null}
        </Bench>
      ) : null}
    </div>
  );
}

export function RulePage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useRule(id);
  if (error instanceof ApiError && error.status === 404) return <MissingRule id={id} />;
  if (data) return <LoadedRule key={id} rule={data} />;
  return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting rows={5} />;
}
