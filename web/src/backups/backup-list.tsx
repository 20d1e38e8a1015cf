// Backups in the data folder: make one, see what restoring would change, restore, delete.
import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackupView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useWords } from '../i18n/use-words.ts';
import { Age } from '../parts/age.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { LoadFailure } from '../parts/load-failure.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { useAct } from '../parts/use-act.ts';
import { Waiting } from '../parts/waiting.tsx';
import { BackupDetails } from './backup-preview.tsx';
import { backupsCalls } from './backups-calls.ts';
import { useBackupFacts } from './use-backup-facts.ts';
import './backups.css';

interface ChoiceProps {
  readonly on: boolean;
  readonly name: string;
  readonly hint?: string;
  readonly onChange: (on: boolean) => void;
}

function Choice({ on, name, hint, onChange }: ChoiceProps) {
  return (
    <div className="backup-choice">
      <Toggle on={on} label={name} onChange={onChange} />
      <span className="backup-choice-words">
        <span aria-hidden="true">{name}</span>
        {hint === undefined ? null : <span className="dim">{hint}</span>}
      </span>
    </div>
  );
}

function MakeBackup() {
  const { api } = useHouse();
  const { say } = useWords();
  const [history, setHistory] = useState(false);
  const [withKey, setWithKey] = useState(false);
  const { mutate, isPending } = useAct({
    do: () => backupsCalls(api).make({ history, withKey }),
    done: () => say('backups.made'),
    failed: 'backups.failed',
    changes: ['backups'],
  });
  return (
    <div className="card backup-form">
      <Choice on={history} name={say('backups.withHistory')} onChange={setHistory} />
      <Choice
        on={withKey}
        name={say('backups.withKey')}
        hint={say('backups.withKey.hint')}
        onChange={setWithKey}
      />
      <Button loading={isPending} onClick={() => mutate()}>
        {say('backups.make')}
      </Button>
    </div>
  );
}

interface RowProps {
  readonly backup: BackupView;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onDelete: () => void;
}

function BackupRow({ backup, isOpen, onToggle, onDelete }: RowProps) {
  const { say } = useWords();
  const factsOf = useBackupFacts();
  const { id, createdAt } = backup;
  return (
    <li className="backup-row">
      <div className="backup-head">
        <Age at={createdAt} />
        <span className="dim backup-facts">{factsOf(backup)}</span>
        <Button variant="default" aria-expanded={isOpen} onClick={onToggle}>
          {say('backups.preview')}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={say('backups.deleteOf', { id })}
          onClick={onDelete}
        >
          <IconTrash size={17} stroke={1.8} />
        </ActionIcon>
      </div>
      {isOpen ? <BackupDetails id={id} /> : null}
    </li>
  );
}

function DeleteBackup({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { api } = useHouse();
  const { say } = useWords();
  const { mutate, isPending } = useAct({
    do: () => backupsCalls(api).delete(id).finally(onClose),
    failed: 'problem.title.delete',
    changes: ['backups'],
  });
  return (
    <Confirm
      open
      busy={isPending}
      title={say('backups.delete.question')}
      hint={id}
      yes={say('backups.delete')}
      onYes={() => mutate()}
      onClose={onClose}
    />
  );
}

export function BackupList() {
  const { api } = useHouse();
  const { say } = useWords();
  const [open, setOpen] = useState<string>();
  const [leaving, setLeaving] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['backups'],
    queryFn: ({ signal }) => backupsCalls(api).list(signal),
  });
  return (
    <>
      <p className="dim">{say('backups.hint')}</p>
      <MakeBackup />
      {!data && error ? <LoadFailure error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Waiting /> : null}
      {data?.length === 0 ? <Empty title={say('backups.none')} /> : null}
      {data && data.length > 0 ? (
        <ul className="card">
          {data.map((backup) => (
            <BackupRow
              key={backup.id}
              backup={backup}
              isOpen={open === backup.id}
              onToggle={() => setOpen(open === backup.id ? undefined : backup.id)}
              onDelete={() => setLeaving(backup.id)}
            />
          ))}
        </ul>
      ) : null}
      {leaving === undefined ? null : <DeleteBackup id={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}
