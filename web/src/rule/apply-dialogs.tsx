// What stands between Apply and the rule: a look at the changes, tests that failed, and somebody who was faster.
import { lazy, Suspense, useEffect } from 'react';
import type { ProblemView, RuleView } from '../api/types.ts';
import type { Apply, Save } from './use-apply.ts';

const loadApply = () => import('./apply-dialog.tsx');
const loadConflict = () => import('./conflict-dialog.tsx');
const ApplyDialog = lazy(async () => ({ default: (await loadApply()).ApplyDialog }));
const ConflictDialog = lazy(async () => ({ default: (await loadConflict()).ConflictDialog }));

/** Behind the form but before they are asked for: one that a house does not hand out would take the form with it. */
function useDialogsAtHand(): void {
  useEffect(() => {
    void Promise.allSettled([loadApply(), loadConflict()]);
  }, []);
}

export interface ApplyDialogsProps {
  readonly rule: RuleView | undefined;
  readonly save: Save;
  readonly problems: readonly ProblemView[];
  readonly applying: Apply;
  readonly isAsking: boolean;
  readonly onClose: () => void;
  readonly onTake: (theirs: RuleView) => void;
}

export function ApplyDialogs({
  rule,
  save,
  problems,
  applying,
  isAsking,
  onClose,
  onTake,
}: ApplyDialogsProps) {
  const { apply, isBusy, conflict, failedTests } = applying;
  useDialogsAtHand();
  const hasFailedTests = failedTests !== undefined;
  return (
    <>
      {(isAsking || hasFailedTests) && !conflict ? (
        <Suspense fallback={null}>
          <ApplyDialog
            rule={rule}
            before={rule?.source ?? ''}
            after={save.text}
            problems={failedTests ?? problems}
            hasFailedTests={hasFailedTests}
            busy={isBusy}
            onApply={() => apply({ ...save, force: hasFailedTests })}
            onClose={onClose}
          />
        </Suspense>
      ) : null}
      {conflict ? (
        <Suspense fallback={null}>
          <ConflictDialog
            theirs={conflict}
            busy={isBusy}
            onClose={onClose}
            onOverwrite={(theirs) => apply({ ...save, version: theirs.version })}
            onTake={onTake}
          />
        </Suspense>
      ) : null}
    </>
  );
}
