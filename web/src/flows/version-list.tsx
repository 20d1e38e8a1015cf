// What was deployed: who, when, what changed node by node, and the way back.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FlowNodeChange, FlowVersionView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { formatMoment } from '../i18n/format.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { DiffView } from '../parts/diff-view.tsx';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Tag } from '../parts/tag.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { flowsCalls } from './flows-calls.ts';
import './version-list.css';

const changeTones = { added: 'accent', removed: 'bad', changed: 'warn' } as const;

function NodeChange({ node }: { readonly node: FlowNodeChange }) {
  const { say } = useWords();
  return (
    <details className="version-node">
      <summary>
        <Tag tone={changeTones[node.change]}>{say(`flows.change.${node.change}`)}</Tag>
        <span className="version-node-name">
          <span>{node.name ?? node.id}</span>
          <span className="code dim">{node.type}</span>
        </span>
      </summary>
      <DiffView text={node.text} />
    </details>
  );
}

interface RowProps {
  readonly version: FlowVersionView;
  readonly isNewest: boolean;
  readonly onRestore: (() => void) | undefined;
}

function VersionRow({ version, isNewest, onRestore }: RowProps) {
  const { say, language } = useWords();
  const { ticker } = useHouse();
  const { diff } = version;
  return (
    <li className="version">
      <div className="version-head">
        <strong className="number">v{version.version}</strong>
        {isNewest ? <Tag tone="accent">{say('flows.version.now')}</Tag> : null}
        <span title={formatMoment(language, version.at, ticker.now())}>
          <Age at={version.at} />
        </span>
        <span className="dim">
          {version.type === 'found' ? say('flows.version.found') : version.by || say('flows.version.nobody')}
        </span>
        {onRestore ? (
          <Button variant="default" className="page-head-end" onClick={onRestore}>
            {say('flows.version.restore')}
          </Button>
        ) : null}
      </div>
      {diff === undefined ? <p className="dim">{say('flows.version.first')}</p> : null}
      {diff?.map((node) => (
        <NodeChange key={node.id} node={node} />
      ))}
    </li>
  );
}

function useRestore(done: () => void) {
  const { api } = useHouse();
  const { say } = useWords();
  return useAct<number>({
    do: (version) => flowsCalls(api).restore(version).finally(done),
    done: (_answer, version) => say('flows.version.restored', { version }),
    failed: 'flows.version.failed',
    changes: ['flows', 'flow-versions', 'flow-seeds'],
  });
}

export function VersionList() {
  const { api } = useHouse();
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  const [wanted, setWanted] = useState<number>();
  const restore = useRestore(() => setWanted(undefined));
  const { data, error, refetch } = useQuery({
    queryKey: ['flow-versions'],
    queryFn: ({ signal }) => flowsCalls(api).versions(signal),
    refetchInterval: 10_000,
  });
  if (!data) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting />;
  if (data.length === 0)
    return <Empty title={say('flows.version.none')} hint={say('flows.version.none.hint')} />;
  return (
    <>
      <ul className="card versions">
        {data.map((version, index) => (
          <VersionRow
            key={version.version}
            version={version}
            isNewest={index === 0}
            onRestore={mayAdmin && index > 0 ? () => setWanted(version.version) : undefined}
          />
        ))}
      </ul>
      <Confirm
        open={wanted !== undefined}
        busy={restore.isPending}
        title={say('flows.version.question', { version: wanted ?? 0 })}
        hint={say('flows.version.question.hint')}
        yes={say('flows.version.restore')}
        onYes={() => wanted !== undefined && restore.mutate(wanted)}
        onClose={() => setWanted(undefined)}
      />
    </>
  );
}
