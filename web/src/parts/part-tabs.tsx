// The parts of one page, as links: which one is open stands in the address.
import { Link } from '@tanstack/react-router';
import type { TextKey } from '../i18n/texts.ts';
import { useWords } from '../i18n/use-words.ts';
import { useCurrentTab } from './use-current-tab.ts';
import './tabs.css';

export interface PartTab {
  /** Empty: what the page shows without being asked. */
  readonly part: string;
  readonly key: TextKey;
}

export interface PartTabsProps {
  readonly label: string;
  readonly tabs: readonly PartTab[];
  readonly current: string;
}

export function PartTabs({ label, tabs, current }: PartTabsProps) {
  const { say } = useWords();
  const row = useCurrentTab(tabs.findIndex(({ part }) => part === current));
  return (
    <nav ref={row} className="tabs" aria-label={label}>
      {tabs.map(({ part, key }) => (
        <Link
          key={part}
          to="."
          search={part === '' ? {} : { part }}
          className="tab"
          data-current={part === current}
          aria-current={part === current ? 'page' : undefined}
        >
          {say(key)}
        </Link>
      ))}
    </nav>
  );
}
