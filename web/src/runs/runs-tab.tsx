// The runs of a rule: the list, and the trace of the one that is chosen (its id is in the address).
import { IconChevronLeft, IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { RuleView, RunSummary } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { SelectedRun } from '../run/selected-run.tsx';
import { TimersPanel } from '../timers/timers-panel.tsx';
import { useTimers } from '../timers/use-timers.ts';
import { WhyPanel } from '../why/why-panel.tsx';
import { RunRow } from './run-row.tsx';
import { useRuns } from './use-runs.ts';
import { useShownRun } from './use-shown-run.ts';
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

function BackToRuns({ rule }: { readonly rule: string }) {
  const { say } = useWords();
  return (
    <Link to="/rules/$id" params={{ id: rule }} search={{ tab: 'runs' }} className="runs-back">
      <IconChevronLeft size={20} stroke={1.8} aria-hidden />
      {say('runs.back')}
    </Link>
  );
}

export interface RunsTabProps {
  readonly rule: RuleView;
  readonly selected: string | undefined;
  /** The moment that is asked about. */
  readonly asked: string | undefined;
  readonly onAsk: (at: string) => void;
}

export function RunsTab({ rule, selected, asked, onAsk }: RunsTabProps) {
  const { say } = useWords();
  const { data, error, refetch } = useRuns(rule.id);
  // What stands above the list comes with it, so that nothing moves.
  const { isFetched } = useTimers(rule.id);
  const runs = isFetched ? data : undefined;
  const shown = useShownRun(runs, selected);
  if (!runs) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting rows={5} />;
  const why = <WhyPanel rule={rule.id} runs={runs} asked={asked} onAsk={onAsk} />;
  if (runs.length === 0 && selected === undefined) {
    return (
      <>
        {why}
        <Empty
          icon={<IconHistory size={24} stroke={1.6} aria-hidden />}
          title={say('runs.none')}
          hint={say('runs.none.hint')}
        />
      </>
    );
  }
  return (
    <>
      <div className="runs-top" data-chosen={selected !== undefined}>
        <TimersPanel rule={rule.id} />
        {why}
      </div>
      <div className="runs" data-chosen={selected !== undefined}>
        <RunList runs={runs} selected={shown} />
        <div className="runs-trace">
          {selected === undefined ? null : <BackToRuns rule={rule.id} />}
          {shown === undefined ? null : <SelectedRun key={shown} id={shown} />}
        </div>
      </div>
    </>
  );
}
