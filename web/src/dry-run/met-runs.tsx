// Runs that wait at present and that a dry run met: what became of each in the copy. They lead to the real ones.
import { Link } from '@tanstack/react-router';
import type { RunSummary } from '../api/types.ts';
import { formatMoment, formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';

/** `start`: when the copy was made. */
function useMetWords(start: number): (run: RunSummary) => string {
  const { say, language } = useWords();
  return ({ at, status, endedAt }) => {
    const time = formatMoment(language, at, start);
    if (status === 'superseded') return say('dry.met.superseded', { time });
    if (endedAt === undefined) return say('dry.met.waits', { time });
    const ms = endedAt - start;
    const when = ms > 0 ? say('dry.at.after', { time: formatSpan(language, ms) }) : say('dry.at.once');
    return say('dry.met.over', { time, when });
  };
}

export interface MetRunsProps {
  readonly runs: readonly RunSummary[];
  readonly start: number;
}

export function MetRuns({ runs, start }: MetRunsProps) {
  const words = useMetWords(start);
  return runs.map((run) => (
    <p key={run.id} className="dry-note">
      <Link to="/runs/$id" params={{ id: run.id }}>
        {words(run)}
      </Link>
    </p>
  ));
}
