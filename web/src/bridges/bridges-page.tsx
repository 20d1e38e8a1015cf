// What ties the house to others: bridges to other brokers, and plugins.
import { getRouteApi } from '@tanstack/react-router';
import { useWords } from '../i18n/use-words.ts';
import { PartTabs } from '../parts/part-tabs.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { BridgeList } from './bridge-list.tsx';
import { PluginList } from './plugin-list.tsx';
import './bridges-page.css';

const route = getRouteApi('/bridges');
const tabs = [
  { part: '', key: 'bridges.bridges' },
  { part: 'plugins', key: 'bridges.plugins' },
] as const;

export function BridgesBody({ part = '' }: { readonly part?: string | undefined }) {
  const { say } = useWords();
  usePageTitle(say('bridges.title'));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{say('bridges.title')}</h1>
      </div>
      <PartTabs label={say('bridges.title')} tabs={tabs} current={part} />
      {part === 'plugins' ? <PluginList /> : <BridgeList />}
    </div>
  );
}

export function BridgesPage() {
  return <BridgesBody part={route.useSearch().part} />;
}
