// When rules ran, above the values: a tick leads to its run.
import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { RunSummary } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Lane } from '../parts/chart/lane.tsx';
import type { Handling } from '../parts/chart/make-plot.ts';
import type { Range } from '../parts/chart/range.ts';
import { OutcomeWords, toneOf } from '../parts/outcome.tsx';
import { useRules } from '../rules/use-rules.ts';
import { useAllRuns } from '../runs/use-all-runs.ts';

const route = getRouteApi('/history');
const none: readonly RunSummary[] = [];

export function RunLane({ handling }: { readonly handling: Handling & { readonly range: Range } }) {
  const { say } = useWords();
  const { rule } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: runs = none } = useAllRuns();
  const { data: rules = [] } = useRules();
  const shown = useMemo(
    () => runs.filter((run) => rule === undefined || run.rule === rule).toReversed(),
    [runs, rule],
  );
  const marks = useMemo(
    () => shown.map(({ id, at, status }) => ({ key: id, at, tone: toneOf(status) })),
    [shown],
  );
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  const [from, to] = handling.range;
  const rows = () =>
    shown
      .filter(({ at }) => at >= from && at <= to)
      .map(({ id, at, rule: of, status }) => ({
        key: id,
        at,
        words: (
          <Link to="/runs/$id" params={{ id }} className="lane-run">
            {names.get(of) ?? of} <OutcomeWords status={status} />
          </Link>
        ),
      }));
  return (
    <section className="card panel" aria-label={say('history.runs')}>
      <header className="panel-head">
        <h2 className="panel-name">{say('history.runs')}</h2>
        <NativeSelect
          className="panel-choice"
          aria-label={say('history.rule')}
          value={rule ?? ''}
          onChange={(event) => {
            const next = event.currentTarget.value;
            void navigate({
              search: ({ rule: _, ...rest }) => (next === '' ? rest : { ...rest, rule: next }),
              replace: true,
              resetScroll: false,
            });
          }}
          data={[
            { value: '', label: say('history.rule.all') },
            ...rules.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </header>
      <Lane
        label={say('history.runs')}
        marks={marks}
        rows={rows}
        onMark={(id) => void navigate({ to: '/runs/$id', params: { id }, search: {} })}
        {...handling}
      />
    </section>
  );
}
