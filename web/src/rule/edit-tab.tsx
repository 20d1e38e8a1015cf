// The workbench of one rule: its text, what is wrong with it, and Apply. The running rule changes only by Apply.
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import type { RuleView } from '../api/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { useWasTrue } from '../parts/use-was-true.ts';
import { ApplyDialogs } from './apply-dialogs.tsx';
import { benchKey } from './bench-keys.ts';
import { BenchViews } from './bench-views.tsx';
import { EditorBar } from './editor-bar.tsx';
import { ProblemsStatus } from './problems-status.tsx';
import { useBenchApply } from './use-bench-apply.ts';
import { useBenchView } from './use-bench-view.ts';
import { useCheck } from './use-check.ts';
import type { DraftState } from './use-draft.ts';
import './edit-tab.css';

const DiscardDialog = lazy(async () => ({
  default: (await import('./discard-dialog.tsx')).DiscardDialog,
}));

export interface EditTabProps {
  /** Undefined for a new rule. */
  readonly rule?: RuleView;
  readonly state: DraftState;
  readonly onApplied: (rule: RuleView) => void;
}

export function EditTab({ rule, state, onApplied }: EditTabProps) {
  const { say } = useWords();
  const [view, changeView] = useBenchView();
  const [isDiscarding, setIsDiscarding] = useState(false);
  const check = useCheck(state.text);
  const bench = useBenchApply({ rule, state, check, onApplied });
  const { applying, save, isBlocked, canApply, isAsking } = bench;
  const onKeyDown = (event: KeyboardEvent): void => benchKey(event, { state, apply: bench.start });
  return (
    <section className="edit-tab card" aria-label={say('rule.edit')} onKeyDown={onKeyDown}>
      <EditorBar
        rule={rule}
        state={state}
        canApply={canApply}
        isBlocked={isBlocked}
        isBusy={applying.isBusy}
        view={view}
        onView={changeView}
        onApply={bench.start}
        onDiscard={() => setIsDiscarding(true)}
      />
      <BenchViews state={state} problems={check.problems} view={view} onView={changeView} />
      <ProblemsStatus check={check} />
      {useWasTrue(isDiscarding) ? (
        <Suspense fallback={null}>
          <DiscardDialog
            open={isDiscarding}
            version={rule?.version}
            onClose={() => setIsDiscarding(false)}
            onYes={state.discard}
          />
        </Suspense>
      ) : null}
      <ApplyDialogs
        rule={rule}
        save={save}
        problems={check.problems}
        applying={applying}
        isAsking={isAsking}
        onClose={bench.close}
        onTake={bench.takeTheirs}
      />
    </section>
  );
}
