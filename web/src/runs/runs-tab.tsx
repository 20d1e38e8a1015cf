// The runs of a rule: the list, and the trace of the one that is chosen (its id is in the address).
import { IconChevronLeft, IconHistory, IconHistoryOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RuleView, RunSummary } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { RunRow } from './run-row.tsx';
import { TraceView } from './trace-view.tsx';
import { useRun, useRuns } from './use-runs.ts';
import './runs-tab.css';

function RunList({
  runs,
  selected,
}: {
  readonly runs: readonly RunSummary[];
  readonly selected: string | undefined;
}) {
  const { say } = useWords();
  return (
    <ul className="run-list card" aria-label={say('runs.list')}>
      {runs.map((run) => (
        <RunRow key={run.id} run={run} isCurrent={run.id === selected} />
      ))}
    </ul>
  );
}

function SelectedRun({ id, version }: { readonly id: string; readonly version: number }) {
  const { say } = useWords();
  const { data, error } = useRun(id);
  if (data) return <TraceView trace={data} version={version} />;
  if (!error) return <Waiting rows={4} />;
  return (
    <Empty
      icon={<IconHistoryOff size={24} stroke={1.6} aria-hidden />}
      title={say('runs.missing')}
      hint={say('runs.missing.hint')}
    />
  );
}

function BackToRuns({ rule }: { readonly rule: string }) {
  const { say } = useWords();
  return (
    <Link to="/rules/$id" params={{ id: rule }} search={{ tab: 'runs' }} className="runs-back">
      <IconChevronLeft size={20} stroke={1.8} aria-hidden />
      {say('runs.back')}
    </Link>
  );
}

/** Without a choice the newest run of the moment stays on the screen; later ones come to the list only. */
function useShownRun(
  runs: readonly RunSummary[] | undefined,
  selected: string | undefined,
): string | undefined {
  const [first, setFirst] = useState<string>();
  const newest = runs?.[0]?.id;
  if (first === undefined && newest !== undefined) setFirst(newest);
  return selected ?? first;
}

export interface RunsTabProps {
  readonly rule: RuleView;
  readonly selected: string | undefined;
}

export function RunsTab({ rule, selected }: RunsTabProps) {
  const { say } = useWords();
  const { data: runs, error, refetch } = useRuns(rule.id);
  const shown = useShownRun(runs, selected);
  if (!runs) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting rows={5} />;
  if (runs.length === 0 && selected === undefined) {
    return (
      <Empty
        icon={<IconHistory size={24} stroke={1.6} aria-hidden />}
        title={say('runs.none')}
        hint={say('runs.none.hint')}
      />
    );
  }
  return (
    <div className="runs" data-chosen={selected !== undefined}>
      <RunList runs={runs} selected={shown} />
      <div className="runs-trace">
        {selected === undefined ? null : <BackToRuns rule={rule.id} />}
        {shown === undefined ? null : <SelectedRun id={shown} version={rule.version} />}
      </div>
    </div>
  );
}
