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
  /** Among runs of all rules: which rule, and the page of all runs is where it leads. */
  readonly ruleName?: string;
}

function Length({ run }: { readonly run: RunSummary }) {
  const { language } = useWords();
  if (run.status === 'waiting' && run.due !== undefined) return <Countdown due={run.due} />;
  if (run.endedAt === undefined) return null;
  return <span className="number">{formatSpan(language, run.endedAt - run.at)}</span>;
}

function Content({ run, ruleName }: Omit<RunRowProps, 'isCurrent'>) {
  const { say } = useWords();
  const cause = run.topic ?? verbWords(say, run.verb);
  return (
    <>
      <OutcomeIcon status={run.status} />
      <span className="run-row-main">
        {ruleName === undefined ? (
          <OutcomeWords status={run.status} />
        ) : (
          <span className="run-row-rule">{ruleName}</span>
        )}
        <Age at={run.at} className="dim run-row-age" />
        <span className="run-row-cause">
          {ruleName === undefined ? null : (
            <>
              <OutcomeWords status={run.status} />
              {' · '}
            </>
          )}
          {cause}
        </span>
        <span className="run-row-length dim">
          <Length run={run} />
        </span>
      </span>
    </>
  );
}

export function RunRow({ run, isCurrent, ruleName }: RunRowProps) {
  const look = {
    className: 'run-row',
    'data-current': isCurrent,
    replace: isCurrent,
    resetScroll: false,
  } as const;
  return (
    <li>
      {ruleName === undefined ? (
        <Link to="/rules/$id" params={{ id: run.rule }} search={{ tab: 'runs', run: run.id }} {...look}>
          <Content run={run} />
        </Link>
      ) : (
        <Link to="/runs/$id" params={{ id: run.id }} search={(filter) => filter} {...look}>
          <Content run={run} ruleName={ruleName} />
        </Link>
      )}
    </li>
  );
}
