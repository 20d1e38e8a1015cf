// How the house is, at a glance: a row of chips, each leading to where one sees more.
import {
  IconArrowsLeftRight,
  IconBroadcast,
  IconBulb,
  IconCertificate,
  IconDatabaseExclamation,
  IconListCheck,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { useLiveState } from '../live/use-live.ts';
import { useSystem } from '../system/use-system.ts';
import type { HouseState } from './attention.ts';
import { type Status, statusOf } from './status.ts';
import './status-row.css';

const looks = {
  broker: { icon: IconBroadcast, to: '/topics' },
  engine: { icon: IconListCheck, to: '/rules' },
  links: { icon: IconArrowsLeftRight, to: '/bridges' },
  devices: { icon: IconBulb, to: '/devices' },
  disk: { icon: IconDatabaseExclamation, to: '/system' },
  certificate: { icon: IconCertificate, to: '/system' },
} as const;

function Chip({ status: { name, tone, words, count, all } }: { readonly status: Status }) {
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  const { icon: Icon, to } = looks[name];
  const face = (
    <>
      <Icon size={17} stroke={1.7} aria-hidden />
      <span className="status-name">{say(`home.status.${name}`)}</span>
      <span className="status-words">{say(words, { count: count ?? 0, all: all ?? 0 })}</span>
    </>
  );
  return (
    <li>
      {to === '/bridges' && !mayAdmin ? (
        <span className="status" data-tone={tone}>
          {face}
        </span>
      ) : (
        <Link to={to} className="status" data-tone={tone}>
          {face}
        </Link>
      )}
    </li>
  );
}

export function StatusRow({ state }: { readonly state: HouseState }) {
  const { say } = useWords();
  const { ticker } = useHouse();
  const live = useLiveState();
  const { data: system } = useSystem();
  return (
    <ul className="statuses" aria-label={say('home.status')}>
      {statusOf({ ...state, system, live, now: ticker.now() }).map((status) => (
        <Chip key={status.name} status={status} />
      ))}
    </ul>
  );
}
