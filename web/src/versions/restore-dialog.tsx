// Before an older version comes back: what that changes now, and a note on why.
import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { RuleView } from '../api/types.ts';
import { isPlainEnter } from '../base/typing.ts';
import { useWords } from '../i18n/use-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { ChangedLines } from './changed-lines.tsx';
import { useChanges } from './use-changes.ts';
import { useRollback } from './use-rollback.ts';
import { useVersionText } from './use-versions.ts';

export interface RestoreDialogProps {
  /** As it is in force. */
  readonly rule: RuleView;
  readonly version: number;
  readonly hasDraft: boolean;
  readonly onRestored: () => void;
  readonly onClose: () => void;
}

function Difference({ rule, version }: Pick<RestoreDialogProps, 'rule' | 'version'>) {
  const { say } = useWords();
  const { data } = useVersionText(rule.id, version);
  const { sentences, text } = useChanges(rule.source, data ?? rule.source);
  if (data === undefined) return <Waiting />;
  if (text.length === 0) return <p className="dim">{say('versions.same')}</p>;
  return <ChangedLines lines={sentences.length > 0 ? sentences : text} />;
}

export function RestoreDialog({ rule, version, hasDraft, onRestored, onClose }: RestoreDialogProps) {
  const { say } = useWords();
  const [note, setNote] = useState('');
  const { mutate, isPending } = useRollback(rule.id);
  const restore = (): void => {
    if (!isPending) mutate({ version, note, ifVersion: rule.version }, { onSuccess: onRestored });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isPlainEnter(event)) restore();
  };
  return (
    <Dialog title={say('versions.restore.title', { version })} size="lg" onClose={onClose}>
      <div className="restore-parts">
        <p className="dim">{say('versions.restore.hint', { next: rule.version + 1, now: rule.version })}</p>
        {hasDraft ? <p className="restore-warning">{say('versions.restore.draft')}</p> : null}
        <Difference rule={rule} version={version} />
        <TextInput
          label={say('versions.note')}
          placeholder={say('rule.rollback.note', { version })}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          data-autofocus
        />
      </div>
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {say('app.cancel')}
        </Button>
        <Button onClick={restore} loading={isPending}>
          {say('versions.restore.yes')}
        </Button>
      </div>
    </Dialog>
  );
}
