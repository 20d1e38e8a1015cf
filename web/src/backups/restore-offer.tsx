// A way back for whoever sets a house up that they had before: what lies in its folder of backups, or how one gets there.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../app/house.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Snippet } from '../parts/snippets/snippet.tsx';
import { BackupDetails } from './backup-preview.tsx';
import { backupsCalls } from './backups-calls.ts';
import { useBackupFacts } from './use-backup-facts.ts';
import './backups.css';

export interface RestoreOfferProps {
  /** The house is on its way to start anew. */
  readonly onRestored: () => void;
}

function Choices({ onRestored }: RestoreOfferProps) {
  const { api } = useHouse();
  const { say } = useWords();
  const factsOf = useBackupFacts();
  const [open, setOpen] = useState<string>();
  const { data = [] } = useQuery({
    queryKey: ['backups'],
    queryFn: ({ signal }) => backupsCalls(api).list(signal),
  });
  return (
    <ul className="card">
      {data.map((backup) => (
        <li key={backup.id} className="backup-row">
          <div className="backup-head">
            <Age at={backup.createdAt} />
            <span className="dim backup-facts">{factsOf(backup)}</span>
            <Button
              variant="default"
              aria-expanded={open === backup.id}
              onClick={() => setOpen(open === backup.id ? undefined : backup.id)}
            >
              {say('backups.preview')}
            </Button>
          </div>
          {open === backup.id ? <BackupDetails id={backup.id} onRestored={onRestored} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** Who is not at the machine itself sees only how it is done there. */
export function RestoreOffer({ onRestored }: RestoreOfferProps) {
  const { say } = useWords();
  const mayAdmin = useMay('admin');
  return (
    <details className="backup-offer">
      <summary>{say('backups.offer')}</summary>
      <p className="dim">{say('backups.offer.hint')}</p>
      <Snippet text="npx homerule restore FOLDER" />
      {mayAdmin ? <Choices onRestored={onRestored} /> : null}
    </details>
  );
}
