// How the house is: health, what it writes down, who did what, its secrets, and how this browser shows it.
import { getRouteApi } from '@tanstack/react-router';
import { BackupList } from '../backups/backup-list.tsx';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { LoadFailure } from '../parts/load-failure.tsx';
import { PartTabs } from '../parts/part-tabs.tsx';
import { OnPhone } from '../parts/qr/on-phone.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { AuditList } from './audit-list.tsx';
import { BrowserSettings } from './browser-settings.tsx';
import { CertificateHelp } from './certificate-help.tsx';
import { ClockWarning } from './clock-warning.tsx';
import { Counters, Losses, Vitals } from './counters.tsx';
import { Facts, Listeners } from './house-facts.tsx';
import { LogView } from './log-view.tsx';
import { MachineFacts } from './machine-facts.tsx';
import { SecretList } from './secret-list.tsx';
import { useSystem } from './use-system.ts';
import './system-page.css';

const route = getRouteApi('/system');
const tabs = [
  { part: '', key: 'system.health', isForAdmins: false },
  { part: 'log', key: 'system.log', isForAdmins: false },
  { part: 'audit', key: 'system.audit', isForAdmins: true },
  { part: 'secrets', key: 'system.secrets', isForAdmins: true },
  { part: 'backups', key: 'system.backups', isForAdmins: true },
] as const;

function Health() {
  const { say } = useWords();
  const { data: system, error, refetch } = useSystem();
  if (!system)
    return (
      <>
        {error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting rows={4} />}
        {error ? <BrowserSettings /> : null}
      </>
    );
  return (
    <>
      <ClockWarning />
      <Losses system={system} />
      <Vitals system={system} />
      <Facts system={system} />
      <MachineFacts system={system} />
      <Listeners system={system} />
      <section>
        <h3>{say('system.phone')}</h3>
        <div className="card system-phone">
          <OnPhone />
        </div>
      </section>
      <CertificateHelp system={system} />
      <BrowserSettings />
      <Counters system={system} />
    </>
  );
}

export interface SystemSearch {
  readonly part?: string;
  /** Only lines of this client, rule or topic. */
  readonly by?: string;
}

export function SystemBody({ search }: { readonly search: SystemSearch }) {
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  const { part = '', by } = search;
  usePageTitle(say('system.title'));
  return (
    <div className="page system">
      <div className="page-head">
        <h1>{say('system.title')}</h1>
      </div>
      <PartTabs
        label={say('system.title')}
        tabs={tabs.filter(({ isForAdmins }) => mayAdmin || !isForAdmins)}
        current={part}
      />
      {part === '' ? <Health /> : null}
      {part === 'log' ? <LogView by={by} /> : null}
      {part === 'audit' ? <AuditList /> : null}
      {part === 'secrets' ? <SecretList /> : null}
      {part === 'backups' ? <BackupList /> : null}
    </div>
  );
}

export function SystemPage() {
  return <SystemBody search={route.useSearch()} />;
}
