// Narrows the runs: how they ended with counts, then rule, reason and time.
import { NativeSelect } from '@mantine/core';
import type { RuleSummary, RunSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { reasonLabel } from '../i18n/code-words.ts';
import { formatCount } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { countsOf, matchesRun, outcomes, type RunFilter, reasonOf, spans } from './run-filter.ts';
import './run-filters.css';

export interface RunFiltersProps {
  readonly runs: readonly RunSummary[];
  readonly rules: readonly RuleSummary[];
  readonly filter: RunFilter;
  readonly onFilter: (filter: RunFilter) => void;
}

/** Without what is empty. */
function merged(filter: RunFilter, change: RunFilter): RunFilter {
  const wanted = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== '');
  return Object.fromEntries(wanted);
}

function Outcomes({ runs, filter, onFilter }: RunFiltersProps) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const counts = countsOf(runs, filter, ticker.now());
  return (
    <fieldset className="outcomes">
      <legend className="sr-only">{say('runs.outcome')}</legend>
      {(['all', ...outcomes] as const).map((group) => (
        <button
          key={group}
          type="button"
          className="outcome-choice"
          data-group={group}
          aria-pressed={(filter.outcome ?? 'all') === group}
          onClick={() => onFilter(merged(filter, { outcome: group === 'all' ? '' : group }))}
        >
          {say(`runs.outcome.${group}`)}
          <span className="number">{formatCount(language, counts[group])}</span>
        </button>
      ))}
    </fieldset>
  );
}

function useReasons({ runs, filter }: RunFiltersProps): readonly { value: string; label: string }[] {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const { reason, ...rest } = filter;
  const among = runs.filter((run) => matchesRun(run, rest, ticker.now()));
  const present = new Map(among.map((run) => [reasonOf(run), reasonLabel(say, run.status, run.reason)]));
  if (reason !== undefined && !present.has(reason)) present.set(reason, reason);
  return [...present]
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
}

export function RunFilters(props: RunFiltersProps) {
  const { rules, filter, onFilter } = props;
  const { say, language } = useWords();
  const names = rules.toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <div className="run-filters">
      <Outcomes {...props} />
      <div className="run-selects">
        <NativeSelect
          aria-label={say('runs.rule')}
          value={filter.rule ?? ''}
          onChange={(event) => onFilter(merged(filter, { rule: event.currentTarget.value }))}
          data={[
            { value: '', label: say('runs.rule.all') },
            ...names.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          aria-label={say('runs.reason')}
          value={filter.reason ?? ''}
          onChange={(event) => onFilter(merged(filter, { reason: event.currentTarget.value }))}
          data={[{ value: '', label: say('runs.reason.all') }, ...useReasons(props)]}
        />
        <NativeSelect
          aria-label={say('runs.span')}
          value={filter.span ?? ''}
          onChange={(event) => onFilter(merged(filter, { span: event.currentTarget.value }))}
          data={[
            { value: '', label: say('runs.span.all') },
            ...Object.keys(spans).map((span) => ({
              value: span,
              label: say(span === 'hour' ? 'runs.span.hour' : 'runs.span.day'),
            })),
          ]}
        />
      </div>
    </div>
  );
}
