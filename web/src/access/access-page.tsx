// Who may come in, with what, and what they may do there.
import { getRouteApi } from '@tanstack/react-router';
import type { AclRequest } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { PartTabs } from '../parts/part-tabs.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { ClientList } from './client-list.tsx';
import { DenialList } from './denial-list.tsx';
import { RulesPart } from './rules-part.tsx';
import { SessionList } from './session-list.tsx';
import { TokenList } from './token-list.tsx';
import { UserList } from './user-list.tsx';
import './access-page.css';

const route = getRouteApi('/access');
const tabs = [
  { part: '', key: 'access.users' },
  { part: 'sessions', key: 'access.sessions' },
  { part: 'rules', key: 'access.rules' },
  { part: 'clients', key: 'access.clients' },
  { part: 'denied', key: 'access.denied' },
  { part: 'tokens', key: 'access.tokens' },
] as const;

export interface AccessSearch {
  readonly part?: string;
  /** These three: the rule that is to be added. */
  readonly user?: string;
  readonly access?: string;
  readonly filter?: string;
}

function wordOf(access: string | undefined): AclRequest['access'] {
  return access === 'write' || access === 'readwrite' || access === 'deny' ? access : 'read';
}

function Part({ search }: { readonly search: AccessSearch }) {
  const { part, user = '', access, filter = '' } = search;
  if (part === 'rules') return <RulesPart start={{ user, access: wordOf(access), filter }} />;
  if (part === 'sessions') return <SessionList />;
  if (part === 'clients') return <ClientList />;
  if (part === 'denied') return <DenialList />;
  return part === 'tokens' ? <TokenList /> : <UserList />;
}

export function AccessBody({ search }: { readonly search: AccessSearch }) {
  const { say } = useWords();
  usePageTitle(say('access.title'));
  return (
    <div className="page access">
      <div className="page-head">
        <h1>{say('access.title')}</h1>
      </div>
      <PartTabs label={say('access.title')} tabs={tabs} current={search.part ?? ''} />
      <Part search={search} />
    </div>
  );
}

export function AccessPage() {
  return <AccessBody search={route.useSearch()} />;
}
