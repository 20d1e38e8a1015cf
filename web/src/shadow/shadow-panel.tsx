// What a shadow rule would have done beside what happened, and the button that makes it real.
import { Button } from '@mantine/core';
import { IconGhost2 } from '@tabler/icons-react';
import type { RuleView, ShadowView } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { useMay } from '../entry/use-session.ts';
import { formatCount, formatSpan } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { usePromote, useShadow } from './use-shadow.ts';
import './shadow.css';

type Entry = ShadowView['items'][number];

const verdicts = ['matched', 'already', 'missed', 'by-hand', 'pending', 'unknown', 'uncompared'] as const;

function Counts({ counts }: Pick<ShadowView, 'counts'>) {
  const { say, language } = useWords();
  return (
    <ul className="shadow-counts">
      {verdicts.map((verdict) => {
        const count = counts[verdict] ?? 0;
        if (count === 0) return null;
        return (
          <li key={verdict} data-verdict={verdict}>
            <strong className="number">{say('shadow.count', { count: formatCount(language, count) })}</strong>{' '}
            {say(`shadow.is.${verdict}`)}
          </li>
        );
      })}
    </ul>
  );
}

function EntryRow({ entry: { at, what, target, value, verdict, realBy } }: { readonly entry: Entry }) {
  const { say } = useWords();
  return (
    <li className="shadow-entry">
      <Age at={at} className="dim shadow-age" />
      <span className="shadow-what">
        {say(`shadow.what.${what}`)} <code>{target}</code> <code>{inline(value, 60)}</code>
      </span>
      <span className="shadow-verdict" data-verdict={verdict}>
        {say(`shadow.is.${verdict}`)}
        {realBy === undefined || realBy === null ? null : <span className="dim"> · {realBy}</span>}
      </span>
    </li>
  );
}

function PromoteButton({ rule }: { readonly rule: RuleView }) {
  const { say } = useWords();
  const { mutate, isPending } = usePromote(rule);
  return (
    <Button loading={isPending} onClick={() => mutate()}>
      {say('shadow.promote')}
    </Button>
  );
}

export function ShadowPanel({ rule }: { readonly rule: RuleView }) {
  const { say, language } = useWords();
  const mayEdit = useMay('edit');
  const isShadow = rule.shadow === true;
  const { data } = useShadow(rule.id, isShadow);
  const items = data?.items ?? [];
  if (!isShadow && items.length === 0) return null;
  return (
    <section className="shadow card" aria-labelledby="shadow-title">
      <header className="shadow-head">
        <h3 id="shadow-title">
          <IconGhost2 size={18} stroke={1.8} aria-hidden /> {say('shadow.title')}
        </h3>
        {isShadow && mayEdit ? <PromoteButton rule={rule} /> : null}
      </header>
      {data ? (
        <p className="dim shadow-hint">
          {say(isShadow ? 'shadow.hint' : 'shadow.was', { time: formatSpan(language, data.windowMs) })}
        </p>
      ) : null}
      {data && items.length === 0 ? <p>{say('shadow.none')}</p> : null}
      {data ? <Counts counts={data.counts} /> : null}
      <ul>
        {items.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
