// Bridges to other brokers: how each is, what went through, what waits, and what went wrong last.
import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { BridgeCard } from './bridge-card.tsx';
import { BridgeDialog } from './bridge-dialog.tsx';
import { useBridges } from './use-bridges.ts';

export function BridgeList() {
  const { say } = useWords();
  const [edited, setEdited] = useState<string>();
  const { data: bridges, error, refetch } = useBridges();
  if (!bridges) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting />;
  const add = (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setEdited('')}>
      {say('bridges.add')}
    </Button>
  );
  return (
    <>
      {bridges.length === 0 ? (
        <section className="card">
          <Empty
            icon={<IconPlugConnected size={24} stroke={1.6} aria-hidden />}
            title={say('bridges.none')}
            hint={say('bridges.none.hint')}
          >
            {add}
          </Empty>
        </section>
      ) : (
        <>
          <div className="bridges-head">
            <p className="dim">{say('bridges.hint')}</p>
            {add}
          </div>
          <ul className="bridges">
            {bridges.map((bridge) => (
              <BridgeCard key={bridge.name} bridge={bridge} onEdit={() => setEdited(bridge.name)} />
            ))}
          </ul>
        </>
      )}
      {edited === undefined ? null : (
        <BridgeDialog
          bridge={bridges.find(({ name }) => name === edited)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}
