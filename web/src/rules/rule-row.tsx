// One rule in the list. The whole row opens it; only the switch acts by itself.
import { Link } from '@tanstack/react-router';
import type { RuleSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { OutcomeIcon, OutcomeWords } from '../parts/outcome.tsx';
import { Tag } from '../parts/tag.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { plainText, type Speaker } from '../sentence/part.ts';
import { outlineSentence } from './rule-sentence.ts';
import './rule-row.css';
import '../parts/card-row.css';

function LastOutcome({ rule }: { readonly rule: RuleSummary }) {
  const { say } = useWords();
  if (!rule.last) return <span className="rule-row-last dim">{say('rules.never')}</span>;
  return (
    <span className="rule-row-last">
      <OutcomeIcon status={rule.last.status} />
      <span className="rule-row-words">
        <OutcomeWords status={rule.last.status} />
        <Age at={rule.last.at} className="dim" />
      </span>
    </span>
  );
}

function About({ rule, speaker }: Pick<RuleRowProps, 'rule' | 'speaker'>) {
  if (rule.description !== '') return <span className="rule-row-about">{rule.description}</span>;
  const sentence = outlineSentence(speaker, rule);
  if (sentence) return <span className="rule-row-about">{plainText(sentence)}</span>;
  if (rule.labels.length === 0) return <span className="rule-row-about code">{rule.id}</span>;
  return (
    <span className="rule-row-labels">
      {rule.labels.map((label) => (
        <Tag key={label}>{label}</Tag>
      ))}
    </span>
  );
}

function Marks({ rule }: { readonly rule: RuleSummary }) {
  const { say } = useWords();
  const { drafts } = useHouse();
  return (
    <span className="rule-row-marks">
      {rule.breaker === 'closed' ? null : <Tag tone="warn">{say(`rules.breaker.${rule.breaker}`)}</Tag>}
      {rule.waiting > 0 ? <Tag tone="warn">{say('rules.waiting', { count: rule.waiting })}</Tag> : null}
      {drafts.find(rule.id) ? (
        <Tag tone="accent" title={say('rules.draft.hint')}>
          {say('rules.draft')}
        </Tag>
      ) : null}
    </span>
  );
}

export interface RuleRowProps {
  readonly rule: RuleSummary;
  readonly speaker: Speaker;
  readonly onSwitch: (enabled: boolean) => void;
}

export function RuleRow({ rule, speaker, onSwitch }: RuleRowProps) {
  const { say } = useWords();
  return (
    <li className="rule-row card-row" data-off={!rule.enabled}>
      <Toggle
        on={rule.enabled}
        disabled={!useMay('edit')}
        label={say(rule.enabled ? 'rules.turnOff' : 'rules.turnOn', { name: rule.name })}
        onChange={onSwitch}
      />
      <Link to="/rules/$id" params={{ id: rule.id }} className="rule-row-link">
        <span className="rule-row-name">
          <span>{rule.name}</span>
          <Marks rule={rule} />
        </span>
        <About rule={rule} speaker={speaker} />
        <LastOutcome rule={rule} />
        <span className="rule-row-version number dim" title={say('rules.version', { version: rule.version })}>
          v{rule.version}
        </span>
      </Link>
    </li>
  );
}
