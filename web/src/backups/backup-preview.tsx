// What restoring a backup would change, and the button that does it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackupComparison, BackupPreview } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Confirm } from '../parts/confirm.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { backupsCalls } from './backups-calls.ts';

const shownItems = 12;
const signs = { added: '+', removed: '−', changed: '~' };

function Comparison({ comparison }: { readonly comparison: BackupComparison }) {
  const { say } = useWords();
  const { subject, added, removed, changed, items } = comparison;
  const more = added + removed + changed - Math.min(items.length, shownItems);
  return (
    <li>
      <strong>{say(`backups.subject.${subject}`)}</strong>{' '}
      <span className="dim">{say('backups.changes', { added, removed, changed })}</span>
      <ul className="backup-items">
        {items.slice(0, shownItems).map(({ id, change, from, to }) => (
          <li key={id} className="code">
            <abbr title={say(`backups.change.${change}`)}>{signs[change]}</abbr> {id}
            {from !== undefined && to !== undefined ? ` ${from} → ${to}` : ''}
          </li>
        ))}
        {more > 0 ? <li className="dim">{say('backups.more', { count: more })}</li> : null}
      </ul>
    </li>
  );
}

function Changes({ preview }: { readonly preview: BackupPreview }) {
  const { say } = useWords();
  const changed = preview.comparisons.filter((one) => one.added + one.removed + one.changed > 0);
  return (
    <>
      {changed.length === 0 ? <p>{say('backups.same')}</p> : null}
      <ul className="backup-changes">
        {changed.map((one) => (
          <Comparison key={one.subject} comparison={one} />
        ))}
      </ul>
      {preview.hasHistory ? null : <p className="dim">{say('backups.history.stays')}</p>}
      {preview.canReadSecrets ? null : <p className="backup-warning">{say('backups.secrets.lost')}</p>}
    </>
  );
}

export interface BackupDetailsProps {
  readonly id: string;
  /** The house is on its way to start anew. */
  readonly onRestored?: () => void;
}

function Restore({ id, onRestored }: BackupDetailsProps) {
  const { api } = useHouse();
  const { say } = useWords();
  const [isAsking, setAsking] = useState(false);
  const { mutate, isPending } = useAct({
    do: async () => {
      const answer = await backupsCalls(api).restore(id);
      onRestored?.();
      return answer;
    },
    done: ({ kept }) => say('backups.restoring', { kept }),
    failed: 'backups.failed',
  });
  return (
    <>
      <Button onClick={() => setAsking(true)} loading={isPending}>
        {say('backups.restore')}
      </Button>
      <Confirm
        open={isAsking}
        busy={isPending}
        title={say('backups.restore.question')}
        hint={say('backups.restore.hint')}
        yes={say('backups.restore.yes')}
        onYes={() => {
          setAsking(false);
          mutate();
        }}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

export function BackupDetails({ id, onRestored }: BackupDetailsProps) {
  const { api } = useHouse();
  const { data, error, refetch } = useQuery({
    queryKey: ['backup', id],
    queryFn: ({ signal }) => backupsCalls(api).preview(id, signal),
    retry: false,
    staleTime: 0,
  });
  if (!data) return error ? <LoadFailure error={error} retry={() => void refetch()} /> : <Waiting />;
  return (
    <div className="backup-details">
      <Changes preview={data} />
      <Restore id={id} {...(onRestored && { onRestored })} />
    </div>
  );
}
