// What Apply is going to change, before it does: in sentences, as text, with what is doubtful about it.
import { Button, Modal } from '@mantine/core';
import type { ProblemView, RuleView } from '../api/types.ts';
import { BacktestDelta } from '../backtest/backtest-delta.tsx';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { useReturnFocus } from '../parts/use-return-focus.ts';
import { ChangedLines } from '../versions/changed-lines.tsx';
import { useChanges } from '../versions/use-changes.ts';
import { ProblemsList } from './problems-list.tsx';
import './apply-dialog.css';

export interface ApplyDialogProps {
  /** As it is in force; undefined for a new one. */
  readonly rule: RuleView | undefined;
  readonly before: string;
  readonly after: string;
  /** Warnings of the check, or the tests that failed. */
  readonly problems: readonly ProblemView[];
  readonly hasFailedTests: boolean;
  readonly busy: boolean;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

export function ApplyDialog(props: ApplyDialogProps) {
  const { rule, before, after, problems, hasFailedTests, busy, onApply, onClose } = props;
  const { say } = useWords();
  const mayEdit = useMay('edit');
  useReturnFocus();
  const { text, sentences } = useChanges(before, after);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      centered
      title={say(hasFailedTests ? 'apply.tests' : 'apply.title')}
      closeButtonProps={{ 'aria-label': say('app.close') }}
    >
      <div className="apply-parts">
        {sentences.length === 0 ? (
          <p className="dim">{say('apply.sameMeaning')}</p>
        ) : (
          <ChangedLines lines={sentences} />
        )}
        <details className="apply-text" open={sentences.length === 0}>
          <summary>{say('apply.text')}</summary>
          <ChangedLines lines={text} />
        </details>
        {rule && mayEdit ? <BacktestDelta rule={rule} draft={after} /> : null}
        <ProblemsList problems={problems} onOpen={onClose} />
      </div>
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {say('app.cancel')}
        </Button>
        <Button
          {...(hasFailedTests ? { className: 'button-danger' } : {})}
          onClick={onApply}
          loading={busy}
          data-autofocus
        >
          {say(hasFailedTests ? 'apply.force' : 'rule.apply')}
        </Button>
      </div>
    </Modal>
  );
}
