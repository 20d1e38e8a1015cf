// The end of the setup, and where one goes from here.
import { IconBulb, IconChevronRight, IconListCheck, IconSitemap } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useWords } from '../i18n/use-words.ts';
import { OnPhone } from '../parts/qr/on-phone.tsx';
import { SetupStep } from './setup-step.tsx';
import { useWalk } from './walk.ts';

const ways = [
  { to: '/devices', icon: IconBulb, key: 'nav.devices' },
  { to: '/rules', icon: IconListCheck, key: 'nav.rules' },
  { to: '/topics', icon: IconSitemap, key: 'nav.topics' },
] as const;

export function DoneStep() {
  const { say } = useWords();
  const { end, progress } = useWalk();
  const navigate = useNavigate();
  const leave = (): void => {
    end();
    void navigate({ to: '/' });
  };
  return (
    <SetupStep
      title={say('setup.done')}
      hint={say(progress.isOpen ? 'setup.done.open' : 'setup.done.hint')}
      action={{ words: say('setup.done.do'), do: leave }}
    >
      <ul className="setup-list">
        {ways.map(({ to, icon: Icon, key }) => (
          <li key={to}>
            <Link to={to} className="setup-template" onClick={end}>
              <Icon size={20} stroke={1.6} aria-hidden />
              <span>
                <strong>{say(key)}</strong>
                <span className="dim">{say(`setup.done.${key}`)}</span>
              </span>
              <IconChevronRight size={18} stroke={1.7} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
      <OnPhone />
    </SetupStep>
  );
}
