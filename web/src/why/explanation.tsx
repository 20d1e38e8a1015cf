// The answer: the likeliest reason first, with the values that decided and how far they were from passing.
import { IconAlertTriangle, IconCircleCheck, IconFilterOff, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ExplanationEntry, ExplanationView, FailedCondition } from '../api/types.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { formatMoment } from '../i18n/format.ts';
import { gapWords } from '../i18n/gap-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { DecidedClause } from '../run/expression-view.tsx';
import { useEntryWords } from './entry-words.ts';

const icons = {
  ran: IconCircleCheck,
  condition: IconFilterOff,
  missed: IconFilterOff,
  refused: IconFilterOff,
  failed: IconAlertTriangle,
  unconfirmed: IconAlertTriangle,
} as const;

function iconOf(code: string) {
  return Object.entries(icons).find(([known]) => known === code)?.[1] ?? IconInfoCircle;
}

function Clauses({ clauses }: { readonly clauses: FailedCondition['clauses'] }) {
  const { say } = useWords();
  if (clauses === undefined) return null;
  return (
    <ul className="why-clauses">
      {clauses.map((clause) => (
        <DecidedClause key={`${clause.start} ${clause.end}`} clause={clause}>
          {clause.hint === undefined ? null : <span> {say(`why.hint.${clause.hint}`)}</span>}
        </DecidedClause>
      ))}
    </ul>
  );
}

/** What stood behind the condition that decided. */
function Others({ others }: { readonly others: readonly FailedCondition[] }) {
  const { say } = useWords();
  return (
    <>
      <p className="why-others">{say('why.others')}</p>
      {others.map(({ where, clauses, error }) =>
        error ? <p key={where}>{faultWords(say, error)}</p> : <Clauses key={where} clauses={clauses} />,
      )}
    </>
  );
}

interface EntryProps {
  readonly entry: ExplanationEntry;
  readonly view: ExplanationView;
}

function Entry({ entry, view }: EntryProps) {
  const { say, language } = useWords();
  const words = useEntryWords();
  const Icon = iconOf(entry.code);
  const at = 'at' in entry ? entry.at : undefined;
  const run = view.runs.find((each) => each.at === at && 'status' in entry && entry.status === each.status);
  return (
    <li className="why-entry" data-code={entry.code}>
      <Icon size={18} stroke={1.8} aria-hidden />
      <div className="why-entry-words">
        {at === undefined ? null : (
          <time className="why-time number" dateTime={new Date(at).toISOString()}>
            {formatMoment(language, at, view.at)}
          </time>
        )}
        <p>{words(entry)}</p>
        {'clauses' in entry ? <Clauses clauses={entry.clauses} /> : null}
        {'others' in entry && entry.others ? <Others others={entry.others} /> : null}
        {run ? (
          <Link
            to="/rules/$id"
            params={{ id: view.rule }}
            search={{ tab: 'runs', run: run.id }}
            className="side-link"
          >
            {say('why.run')}
          </Link>
        ) : null}
      </div>
    </li>
  );
}

const most = 8;

export function Explanation({ view }: { readonly view: ExplanationView }) {
  const { say } = useWords();
  const { entries, incomplete } = view;
  return (
    <div className="why-answer" role="status">
      {entries.length === 0 ? <p>{say('why.nothing')}</p> : null}
      <ol className="why-entries">
        {entries.slice(0, most).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change
          <Entry key={index} entry={entry} view={view} />
        ))}
      </ol>
      {entries.length > most ? (
        <p className="dim">{say('why.more', { count: entries.length - most })}</p>
      ) : null}
      {incomplete.length > 0 ? (
        <p className="why-doubt">{say('why.incomplete', { reasons: gapWords(say, incomplete) })}</p>
      ) : null}
    </div>
  );
}
