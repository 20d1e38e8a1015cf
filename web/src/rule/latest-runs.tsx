// Beside the editor: the last few runs as they happen.
import { Link } from '@tanstack/react-router';
import { useWords } from '../i18n/use-words.ts';
import { RunRow } from '../runs/run-row.tsx';
import { useRuns } from '../runs/use-runs.ts';

const shown = 6;

export function LatestRuns({ rule }: { readonly rule: string }) {
  const { say } = useWords();
  const { data: runs } = useRuns(rule);
  return (
    <aside aria-label={say('rule.latest')}>
      <div className="side-title">
        <h3>{say('rule.latest')}</h3>
        {runs && runs.length > shown ? (
          <Link to="/rules/$id" params={{ id: rule }} search={{ tab: 'runs' }} className="side-link">
            {say('rule.latest.all')}
          </Link>
        ) : null}
      </div>
      {runs?.length === 0 ? <p className="dim">{say('rule.latest.none')}</p> : null}
      {runs && runs.length > 0 ? (
        <ul className="card">
          {runs.slice(0, shown).map((run) => (
            <RunRow key={run.id} run={run} isCurrent={false} />
          ))}
        </ul>
      ) : null}
    </aside>
  );
}
