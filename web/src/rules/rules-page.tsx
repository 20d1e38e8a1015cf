// All rules of the house with their last outcome.
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { RuleSummary } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { LoadFailure } from '../parts/load-failure.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { FirstRule } from './first-rule.tsx';
import { RuleRow } from './rule-row.tsx';
import { useRuleSwitch } from './use-rule-switch.ts';
import { useRules } from './use-rules.ts';
import './rules-page.css';
import { useSpeaker } from '../form/use-speaker.ts';
import { LinkButton } from '../parts/link-button.tsx';

/** Every word must occur in the name, id, description or a label. */
export function matchesWords(rule: RuleSummary, words: string): boolean {
  const text = [rule.name, rule.id, rule.description, ...rule.labels].join('\n').toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Head({ rules }: { readonly rules: readonly RuleSummary[] | undefined }) {
  const { say } = useWords();
  const on = rules?.filter((rule) => rule.enabled).length ?? 0;
  return (
    <div className="page-head">
      <h1>{say('rules.title')}</h1>
      <span className="dim number rules-count">
        {rules && rules.length > 0
          ? `${say('rules.count', { count: rules.length })} · ${say('rules.on', { count: on })}`
          : null}
      </span>
      {useMay('edit') ? (
        <LinkButton
          to="/rules/new"
          leftSection={<IconPlus size={17} aria-hidden />}
          className="page-head-end"
        >
          {say('rules.new')}
        </LinkButton>
      ) : null}
    </div>
  );
}

function RuleList({ rules }: { readonly rules: readonly RuleSummary[] }) {
  const { say, language } = useWords();
  const [words, setWords] = useState('');
  const switchRule = useRuleSwitch();
  const speaker = useSpeaker();
  const shown = rules
    .filter((rule) => matchesWords(rule, words))
    .toSorted((a, b) => a.name.localeCompare(b.name, language));
  return (
    <>
      <SearchBox
        className="rules-filter"
        words={words}
        label={say('rules.filter')}
        clearLabel={say('rules.filter.clear')}
        onSearch={setWords}
      />
      {shown.length === 0 ? (
        <p className="rules-none dim">{say('rules.noMatch', { words })}</p>
      ) : (
        <ul className="card">
          {shown.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              speaker={speaker}
              onSwitch={(enabled) => switchRule({ rule, enabled })}
            />
          ))}
        </ul>
      )}
    </>
  );
}

export function RulesPage() {
  const { say } = useWords();
  const { data: rules, error, refetch } = useRules();
  usePageTitle(say('rules.title'));
  return (
    <div className="page">
      <Head rules={rules} />
      {rules && rules.length > 0 ? <RuleList rules={rules} /> : null}
      {rules?.length === 0 ? <FirstRule /> : null}
      {!rules && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!rules && !error ? <Waiting rows={4} /> : null}
    </div>
  );
}
