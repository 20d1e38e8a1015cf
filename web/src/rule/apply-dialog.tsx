// What Apply is going to change, before it does: in sentences, as text, with what is doubtful about it.
import { Button, Modal } from '@mantine/core';
import { useMemo } from 'react';
import type { ProblemView, RuleView } from '../api/types.ts';
import { BacktestDelta } from '../backtest/backtest-delta.tsx';
import { valueIn } from '../document/apply-edit.ts';
import { isTree, type Tree } from '../document/edit.ts';
import { around, type DiffLine, lineDiff } from '../document/line-diff.ts';
import { useMay } from '../entry/use-session.ts';
import { useKinds } from '../form/use-kinds.ts';
import { useSpeaker } from '../form/use-speaker.ts';
import { useWords } from '../i18n/use-words.ts';
import { ruleLines } from '../sentence/rule-lines.ts';
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

function treeOf(text: string): Tree {
  const value = valueIn(text)?.value;
  return isTree(value) ? value : {};
}

const signs = { added: '+', removed: '−', same: ' ' } as const;

function Lines({ lines }: { readonly lines: readonly (DiffLine | undefined)[] }) {
  const { say } = useWords();
  return (
    <ul className="diff">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines do not change while they are shown
        <li key={at} data-change={line?.change ?? 'gap'}>
          <span className="diff-sign" aria-hidden="true">
            {line ? signs[line.change] : '⋯'}
          </span>
          {line && line.change !== 'same' ? (
            <span className="sr-only">{say(`diff.${line.change}`)} </span>
          ) : null}
          {line ? <span className="diff-text">{line.text}</span> : null}
        </li>
      ))}
    </ul>
  );
}

function useDiffs(before: string, after: string) {
  const speaker = useSpeaker();
  const kinds = useKinds()?.actions;
  return useMemo(() => {
    const text = around(lineDiff(before.split('\n'), after.split('\n')), 2);
    if (!kinds) return { text, sentences: [] };
    const [old, now] = [before, after].map((each) => ruleLines({ speaker, kinds }, treeOf(each)));
    return { text, sentences: around(lineDiff(old ?? [], now ?? []), 1) };
  }, [before, after, speaker, kinds]);
}

export function ApplyDialog(props: ApplyDialogProps) {
  const { rule, before, after, problems, hasFailedTests, busy, onApply, onClose } = props;
  const { say } = useWords();
  const mayEdit = useMay('edit');
  const { text, sentences } = useDiffs(before, after);
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
          <Lines lines={sentences} />
        )}
        <details className="apply-text" open={sentences.length === 0}>
          <summary>{say('apply.text')}</summary>
          <Lines lines={text} />
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
