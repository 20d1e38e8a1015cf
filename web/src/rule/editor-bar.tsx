// Above the editor: what the text is (applied, a draft, kept or not), Discard and Apply.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconPencil,
  IconPencilOff,
} from '@tabler/icons-react';
import type { RuleView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { useWords } from '../i18n/use-words.ts';
import { useAge } from '../parts/age.tsx';
import { UndoApply } from './undo-apply.tsx';
import type { DraftState } from './use-draft.ts';
import { type BenchView, ViewSwitch } from './view-switch.tsx';

interface StateWordsProps {
  readonly rule: RuleView | undefined;
  readonly state: DraftState;
}

function StateWords({ rule, state }: StateWordsProps) {
  const { say } = useWords();
  const age = useAge(state.draft?.savedAt ?? rule?.savedAt ?? 0);
  if (!state.isKept) {
    return (
      <span className="editor-bar-state" data-tone="warn">
        <IconPencilOff size={16} stroke={1.8} aria-hidden />
        {say('rule.draft.notKept')}
      </span>
    );
  }
  if (!state.draft && rule) {
    return (
      <span className="editor-bar-state">
        <IconCheck size={16} stroke={1.8} aria-hidden />
        {say('rule.draft.none', { age })}
      </span>
    );
  }
  return (
    <span className="editor-bar-state" data-tone="accent">
      <IconPencil size={16} stroke={1.8} aria-hidden />
      {state.draft ? say('rule.draft.kept', { age }) : say('rule.draft.fresh')}
    </span>
  );
}

function UndoButtons({ state: { undo, redo } }: { readonly state: DraftState }) {
  const { say } = useWords();
  return (
    <span className="editor-bar-undo">
      <ActionIcon variant="subtle" color="gray" disabled={!undo} aria-label={say('form.undo')} onClick={undo}>
        <IconArrowBackUp size={19} stroke={1.8} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" disabled={!redo} aria-label={say('form.redo')} onClick={redo}>
        <IconArrowForwardUp size={19} stroke={1.8} />
      </ActionIcon>
    </span>
  );
}

export interface EditorBarProps {
  readonly rule: RuleView | undefined;
  readonly state: DraftState;
  readonly canApply: boolean;
  readonly isBlocked: boolean;
  readonly isBusy: boolean;
  readonly view: BenchView;
  readonly onView: (view: BenchView) => void;
  readonly onApply: () => void;
  readonly onDiscard: () => void;
}

export function EditorBar(props: EditorBarProps) {
  const { rule, state, canApply, isBlocked, isBusy, view, onView, onApply, onDiscard } = props;
  const { say } = useWords();
  const mayEdit = useMay('edit');
  const why = isBlocked ? 'rule.apply.errors' : canApply ? 'rule.apply.keys' : 'rule.apply.nothing';
  const theirs = rule && state.draft && rule.version > state.draft.version ? rule.version : undefined;
  return (
    <>
      <div className="editor-bar">
        <ViewSwitch view={view} onChange={onView} />
        <UndoButtons state={state} />
        <StateWords rule={rule} state={state} />
        {state.draft ? (
          <Button variant="subtle" color="gray" onClick={onDiscard} className="editor-bar-discard">
            {say('rule.discard')}
          </Button>
        ) : null}
        {rule && !state.draft && mayEdit ? <UndoApply rule={rule} /> : null}
        {mayEdit ? (
          <Tooltip label={say(why)}>
            <Button onClick={onApply} disabled={!canApply} loading={isBusy}>
              {say('rule.apply')}
            </Button>
          </Tooltip>
        ) : null}
      </div>
      {theirs === undefined ? null : (
        <p className="editor-notice" role="status">
          {say('rule.changed', { version: theirs })}
        </p>
      )}
    </>
  );
}
