// Two people changed one rule: shows that, and lets this one choose.
import { Button, Modal } from '@mantine/core';
import type { RuleView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';

export interface ConflictDialogProps {
  readonly theirs: RuleView | undefined;
  readonly busy: boolean;
  readonly onTake: (rule: RuleView) => void;
  readonly onOverwrite: (rule: RuleView) => void;
  readonly onClose: () => void;
}

export function ConflictDialog({ theirs, busy, onTake, onOverwrite, onClose }: ConflictDialogProps) {
  const { say } = useWords();
  if (!theirs) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size="lg"
      title={say('rule.conflict', { version: theirs.version })}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <p className="dim">{say('rule.conflict.hint')}</p>
      <pre className="json conflict-text">{theirs.source}</pre>
      <div className="dialog-actions">
        <Button variant="default" onClick={() => onTake(theirs)} data-autofocus>
          {say('rule.conflict.reload')}
        </Button>
        <Button className="button-danger" onClick={() => onOverwrite(theirs)} loading={busy}>
          {say('rule.conflict.overwrite')}
        </Button>
      </div>
    </Modal>
  );
}
