// What needs attention, each with a way to where it is put right.
import {
  IconAlertTriangle,
  IconBattery1,
  IconBolt,
  IconCircleCheck,
  IconGhost,
  IconPlugConnectedX,
  IconRefreshAlert,
  IconSearch,
  IconShieldPlus,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useSession } from '../entry/use-session.ts';
import { foundWords } from '../i18n/fault-words.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import type { Matter } from './attention.ts';
import './attention-list.css';

const icons = {
  failed: IconAlertTriangle,
  breaker: IconRefreshAlert,
  bridge: IconPlugConnectedX,
  offline: IconBolt,
  battery: IconBattery1,
  finding: IconSearch,
  gone: IconGhost,
} as const;
const bad: readonly Matter['kind'][] = ['failed', 'breaker', 'bridge'];
const shownAtFirst = 6;

function keyOf(matter: Matter): string {
  if ('rule' in matter) return `${matter.kind} ${matter.rule.id}`;
  if ('device' in matter) return `${matter.kind} ${matter.device.id}`;
  return 'bridge' in matter ? `bridge ${matter.bridge.name}` : JSON.stringify(matter.finding.path);
}

function Place({ matter, children }: { readonly matter: Matter; readonly children: ReactNode }) {
  const className = 'matter';
  if ('device' in matter)
    return (
      <Link to="/devices/$id" params={{ id: matter.device.id }} className={className}>
        {children}
      </Link>
    );
  if ('bridge' in matter) return <span className={className}>{children}</span>;
  const id = 'rule' in matter ? matter.rule.id : (matter.finding.rules[0] ?? '');
  const run = matter.kind === 'failed' ? matter.rule.last?.id : undefined;
  return (
    <Link
      to="/rules/$id"
      params={{ id }}
      search={run === undefined ? {} : { tab: 'runs', run }}
      className={className}
    >
      {children}
    </Link>
  );
}

function useMatterWords(matter: Matter): string {
  const { say } = useWords();
  if ('rule' in matter) return say(`home.matter.${matter.kind}`, { name: matter.rule.name });
  if ('device' in matter) return say(`home.matter.${matter.kind}`, { name: matter.device.name });
  if ('bridge' in matter) return say('home.matter.bridge', { name: matter.bridge.name });
  return say('home.matter.finding', { rule: matter.name });
}

function MatterRow({ matter }: { readonly matter: Matter }) {
  const Icon = icons[matter.kind];
  const { say } = useWords();
  const words = useMatterWords(matter);
  return (
    <li>
      <Place matter={matter}>
        <span className="matter-icon" data-tone={bad.includes(matter.kind) ? 'bad' : 'warn'}>
          <Icon size={18} stroke={1.8} aria-hidden />
        </span>
        <span className="matter-words">
          {words}
          {'finding' in matter ? (
            <span className="matter-more dim">{foundWords(say, matter.finding)}</span>
          ) : null}
        </span>
        {matter.at === undefined ? null : <Age at={matter.at} className="dim matter-age" />}
      </Place>
    </li>
  );
}

/** As long as there is no administrator, only this machine may come in. */
function SetupRow() {
  const { say } = useWords();
  return (
    <li>
      <Link to="/setup" className="matter">
        <span className="matter-icon" data-tone="accent">
          <IconShieldPlus size={18} stroke={1.8} aria-hidden />
        </span>
        <span className="matter-words">{say('home.setup')}</span>
      </Link>
    </li>
  );
}

export function AttentionList({ matters }: { readonly matters: readonly Matter[] }) {
  const { say } = useWords();
  const [isWhole, setWhole] = useState(false);
  const needsSetup = useSession().data?.needsSetup === true;
  const shown = isWhole ? matters : matters.slice(0, shownAtFirst);
  if (matters.length === 0 && !needsSetup)
    return (
      <p className="matters-none card">
        <IconCircleCheck size={20} stroke={1.8} aria-hidden />
        {say('home.well')}
      </p>
    );
  return (
    <section aria-label={say('home.attention')}>
      <div className="home-head">
        <h2 className="home-title">{say('home.attention')}</h2>
      </div>
      <ul className="card matters">
        {needsSetup ? <SetupRow /> : null}
        {shown.map((matter) => (
          <MatterRow key={keyOf(matter)} matter={matter} />
        ))}
      </ul>
      {matters.length > shown.length ? (
        <button type="button" className="home-more" onClick={() => setWhole(true)}>
          {say('home.attention.more', { count: matters.length - shown.length })}
        </button>
      ) : null}
    </section>
  );
}
