// The frame of all pages: rail or bottom bar, header, content.
import { Link, Outlet, useMatches } from '@tanstack/react-router';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { useServerClock } from '../system/use-system.ts';
import { HeaderTools } from './header-tools.tsx';
import { Denied } from './lost.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { Shortcuts } from './shortcuts.tsx';
import './shell.css';

/** The page, for who may see it; the server decides again. */
function Content() {
  const needed = useMatches({ select: (matches) => matches.at(-1)?.staticData.may ?? 'read' });
  return useMay(needed) ? <Outlet /> : <Denied />;
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
        <Link to="/" className="shell-brand" aria-label={say('app.name')}>
          <Mark />
          <span>{say('app.name')}</span>
        </Link>
        <Shortcuts />
        <HeaderTools />
      </header>
      <Navigation />
      <main id="content" className="shell-main" tabIndex={-1}>
        <Content />
      </main>
    </div>
  );
}
