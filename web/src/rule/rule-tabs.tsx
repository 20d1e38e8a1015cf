// Edit · Runs · Versions · Tests, as links: the tab is part of the address.
import { Link } from '@tanstack/react-router';
import { useWords } from '../i18n/use-words.ts';
import { useCurrentTab } from '../parts/use-current-tab.ts';
import '../parts/tabs.css';

const tabs = ['edit', 'runs', 'versions', 'tests'] as const;
export type RuleTab = (typeof tabs)[number];

/** Without one in the address a rule is there to be edited. */
export function tabFrom(text: string | undefined): RuleTab {
  return tabs.find((tab) => tab === text) ?? 'edit';
}

const keys = {
  edit: 'rule.edit',
  runs: 'rule.runs',
  versions: 'rule.versions',
  tests: 'tests.title',
} as const;

export function RuleTabs({ id, tab }: { readonly id: string; readonly tab: RuleTab }) {
  const { say } = useWords();
  const row = useCurrentTab(tabs.indexOf(tab));
  return (
    <nav ref={row} className="tabs" aria-label={say('rules.title')}>
      {tabs.map((each) => (
        <Link
          key={each}
          to="/rules/$id"
          params={{ id }}
          search={each === 'edit' ? {} : { tab: each }}
          className="tab"
          data-current={tab === each}
          aria-current={tab === each ? 'page' : undefined}
        >
          {say(keys[each])}
        </Link>
      ))}
    </nav>
  );
}
