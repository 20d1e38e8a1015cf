// Edit · Runs, as links: the tab is part of the address.
import { Link } from '@tanstack/react-router';
import { useWords } from '../i18n/use-words.ts';
import '../parts/tabs.css';

export type RuleTab = 'edit' | 'runs';

export function RuleTabs({ id, tab }: { readonly id: string; readonly tab: RuleTab }) {
  const { say } = useWords();
  return (
    <nav className="tabs" aria-label={say('rules.title')}>
      <Link to="/rules/$id" params={{ id }} className="tab" data-current={tab === 'edit'}>
        {say('rule.edit')}
      </Link>
      <Link
        to="/rules/$id"
        params={{ id }}
        search={{ tab: 'runs' }}
        className="tab"
        data-current={tab === 'runs'}
      >
        {say('rule.runs')}
      </Link>
    </nav>
  );
}
