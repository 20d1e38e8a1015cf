// Node-RED in the house: its state, flows to begin with, its editor, and what was deployed.
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import type { FlowsView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { PartTabs } from '../parts/part-tabs.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { Waiting } from '../parts/waiting.tsx';
import { FlowsEditor } from './flows-editor.tsx';
import { FlowsBanner, FlowsHead } from './flows-state.tsx';
import { SeedList } from './seed-list.tsx';
import { useFlows } from './use-flows.ts';
import { VersionList } from './version-list.tsx';
import './flows-page.css';

const route = getRouteApi('/flows');
const tabs = [
  { part: '', key: 'flows.part.begin' },
  { part: 'editor', key: 'flows.part.editor' },
  { part: 'versions', key: 'flows.part.versions' },
] as const;

export interface FlowsSearch {
  readonly part?: string;
  /** The tab that the editor opens. */
  readonly flow?: string;
}

function Part({ search, flows }: { readonly search: FlowsSearch; readonly flows: FlowsView }) {
  if (search.part === 'editor')
    return <FlowsEditor flow={search.flow} isResting={flows.state === 'crashed'} />;
  if (search.part === 'versions') return <VersionList />;
  return <SeedList />;
}

export function FlowsBody({ search }: { readonly search: FlowsSearch }) {
  const { say } = useWords();
  const { data: flows, error, refetch } = useFlows();
  usePageTitle(say('flows.title'));
  const isEditor = search.part === 'editor';
  const isSmall = useMediaQuery('(max-width: 899px)', false, { getInitialValueInEffect: false });
  return (
    <div className={`page flows ${isEditor ? 'flows-wide' : ''}`}>
      <FlowsHead flows={flows} isFolded={isEditor && isSmall} />
      {flows?.state === 'off' ? <Empty title={say('flows.off')} hint={say('flows.off.hint')} /> : null}
      {flows && flows.state !== 'off' ? (
        <>
          <FlowsBanner flows={flows} />
          <PartTabs label={say('flows.title')} tabs={tabs} current={search.part ?? ''} />
          <Part search={search} flows={flows} />
        </>
      ) : null}
      {!flows && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!flows && !error ? <Waiting rows={4} /> : null}
    </div>
  );
}

export function FlowsPage() {
  return <FlowsBody search={route.useSearch()} />;
}
