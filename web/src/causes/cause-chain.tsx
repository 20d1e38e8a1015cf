// What led to a value, link by link: the value first, the outside last.
import { Link } from '@tanstack/react-router';
import type { CauseEndView, CauseView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { inline } from '../base/json.ts';
import { originWords } from '../i18n/code-words.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { useRules } from '../rules/use-rules.ts';

function RuleLink({ link: { rule = '', run } }: { readonly link: CauseView }) {
  const { data: rules } = useRules();
  const name = rules?.find(({ id }) => id === rule)?.name ?? rule;
  const search = run === undefined ? {} : { tab: 'runs', run };
  return (
    <Link to="/rules/$id" params={{ id: rule }} search={search} className="cause-link">
      {name}
    </Link>
  );
}

function TopicLink({ topic }: { readonly topic: string }) {
  return (
    <Link to="/topics" search={{ topic }} className="cause-link code">
      {topic}
    </Link>
  );
}

function Subject({ link }: { readonly link: CauseView }) {
  if (link.rule !== undefined) return <RuleLink link={link} />;
  if (link.topic !== undefined) return <TopicLink topic={link.topic} />;
  return link.name === undefined ? null : <span className="code">{link.name}</span>;
}

function CauseStep({ link }: { readonly link: CauseView }) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const { kind, at, value, by, origin } = link;
  return (
    <li className="cause">
      <time className="cause-time number" dateTime={new Date(at).toISOString()}>
        {formatMoment(language, at, ticker.now())}
      </time>
      <p>
        {say(`cause.${kind}`)} <Subject link={link} />
        {value === undefined ? null : <span className="code"> = {inline(value, 60)}</span>}
        {origin === undefined || kind === 'run' ? null : (
          <span className="dim">
            {' '}
            · {originWords(say, origin)} {by}
          </span>
        )}
      </p>
    </li>
  );
}

function useEndWords(): (end: CauseEndView) => string {
  const { say } = useWords();
  return ({ kind, by = '', reason = 'not-recorded' }) =>
    kind === 'unknown' ? say(`causes.lost.${reason}`) : say(`causes.end.${kind}`, { by });
}

export interface CauseChainProps {
  readonly links: readonly CauseView[];
  readonly end: CauseEndView;
}

export function CauseChain({ links, end }: CauseChainProps) {
  const { say } = useWords();
  const endWords = useEndWords();
  return (
    <ol className="causes" aria-label={say('causes.title')}>
      {links.map((link, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chain does not change while it is shown
        <CauseStep key={index} link={link} />
      ))}
      <li className="cause cause-end" data-known={end.kind !== 'unknown'}>
        <p>{endWords(end)}</p>
      </li>
    </ol>
  );
}
