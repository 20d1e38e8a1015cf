// The frame of all pages: rail or bottom bar, header, content.

import { IconBulb, IconListCheck, IconServer2, IconSitemap } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useWords } from '../i18n/use-words.ts';
import { useServerClock } from '../system/use-system.ts';
import { HeaderTools } from './header-tools.tsx';
import { Mark } from './mark.tsx';
import './shell.css';

const pages = [
  { to: '/devices', icon: IconBulb, key: 'nav.devices' },
  { to: '/rules', icon: IconListCheck, key: 'nav.rules' },
  { to: '/topics', icon: IconSitemap, key: 'nav.topics' },
  { to: '/system', icon: IconServer2, key: 'nav.system' },
] as const;

function Pages() {
  const { say } = useWords();
  return (
    <nav className="shell-nav" aria-label={say('nav.label')}>
      {pages.map(({ to, icon: Icon, key }) => (
        <Link
          key={to}
          to={to}
          className="shell-link"
          activeProps={{ className: 'shell-link-active', 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          <Icon size={20} stroke={1.7} aria-hidden />
          <span>{say(key)}</span>
        </Link>
      ))}
    </nav>
  );
}

export function Shell() {
  useServerClock();
  const { say } = useWords();
  return (
    <div className="shell">
      <a className="shell-skip" href="#content">
        {say('app.skip')}
      </a>
      <header className="shell-head">
        <Link to="/rules" className="shell-brand">
          <Mark />
          <span>{say('app.name')}</span>
        </Link>
        <HeaderTools />
      </header>
      <Pages />
      <main id="content" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
