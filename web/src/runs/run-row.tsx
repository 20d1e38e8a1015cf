// One run in a list: how it ended, what woke it, when, how long.
import { Link } from '@tanstack/react-router';
import type { RunSummary } from '../api/types.ts';
import { verbWords } from '../i18n/code-words.ts';
import { formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age, Countdown } from '../parts/age.tsx';
import { OutcomeIcon, OutcomeWords } from '../parts/outcome.tsx';
import './run-row.css';

export interface RunRowProps {
  readonly run: RunSummary;
  readonly isCurrent: boolean;
}

function Length({ run }: { readonly run: RunSummary }) {
  if (run.status === 'waiting' && run.due !== undefined) return <Countdown due={run.due} />;
  if (run.endedAt === undefined) return null;
  return <span className="number">{formatSpan(run.endedAt - run.at)}</span>;
}

export function RunRow({ run, isCurrent }: RunRowProps) {
  const { say } = useWords();
  return (
    <li>
      <Link
        to="/rules/$id"
        params={{ id: run.rule }}
        search={{ tab: 'runs', run: run.id }}
        className="run-row"
        data-current={isCurrent}
        replace={isCurrent}
        resetScroll={false}
      >
        <OutcomeIcon status={run.status} />
        <span className="run-row-main">
          <OutcomeWords status={run.status} />
          <Age at={run.at} className="dim run-row-age" />
          <span className="run-row-cause">{run.topic ?? verbWords(say, run.verb)}</span>
          <span className="run-row-length dim">
            <Length run={run} />
          </span>
        </span>
      </Link>
    </li>
  );
}
