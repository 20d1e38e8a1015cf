// What stands between Apply and the rule: a look at the changes, tests that failed, and somebody who was faster.
import { lazy, Suspense } from 'react';
import type { ProblemView, RuleView } from '../api/types.ts';
import type { Apply, Save } from './use-apply.ts';

const ApplyDialog = lazy(async () => ({ default: (await import('./apply-dialog.tsx')).ApplyDialog }));
const ConflictDialog = lazy(async () => ({
  default: (await import('./conflict-dialog.tsx')).ConflictDialog,
}));

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
