// The ways to the pages: a rail beside the page, on phones a bar below it with More for what is rarer.
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useWays, type Way } from './use-ways.ts';
import './navigation.css';

function WayLink({ way, onClick }: { readonly way: Way; readonly onClick?: () => void }) {
  const { say } = useWords();
  const { icon: Icon } = way;
  return (
    <Link
      to={way.to}
      className="way"
      data-bar={way.bar === true}
      activeProps={{ className: 'way-active', 'aria-current': 'page' }}
      activeOptions={{ includeSearch: false, exact: way.to === '/' }}
      onClick={() => onClick?.()}
    >
      <Icon size={20} stroke={1.7} aria-hidden />
      <span>{say(way.key)}</span>
    </Link>
  );
}

/** Behind the last place of the bar; shut by a choice, by Escape, and by going elsewhere. */
function More({ ways }: { readonly ways: readonly Way[] }) {
  const { say } = useWords();
  const { pathname } = useLocation();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shut = (): void => setOpen(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    shut();
    button.current?.focus();
  };
  const isHere = ways.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears keys and focus of what is in it
    <div
      className="more"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) shut();
      }}
    >
      <button
        ref={button}
        type="button"
        className={`way ${isHere ? 'way-active' : ''}`}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <IconDots size={20} stroke={1.7} aria-hidden />
        <span>{say('app.more')}</span>
      </button>
      {isOpen ? (
        <div className="more-ways card">
          {ways.map((way) => (
            <WayLink key={way.to} way={way} onClick={shut} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

export function Navigation() {
  const { say } = useWords();
  const ways = useWays();
  const rarer = ways.filter(({ bar }) => bar !== true);
  return (
    <nav className="ways" aria-label={say('nav.label')}>
      {[...Map.groupBy(ways, ({ group }) => group)].map(([group, members]) => (
        <div key={group} className="ways-group">
          {members.map((way) => (
            <WayLink key={way.to} way={way} />
          ))}
        </div>
      ))}
      {rarer.length > 0 ? <More ways={rarer} /> : null}
    </nav>
  );
}
