// How Apply goes on the workbench: what blocks it, the look at the changes before it, and what is left behind it.
import { useState } from 'react';
import type { RuleView } from '../api/types.ts';
import { useMay } from '../entry/use-session.ts';
import { type Apply, type Save, useApply } from './use-apply.ts';
import type { Check } from './use-check.ts';
import type { DraftState } from './use-draft.ts';

export interface BenchApplyOptions {
  readonly rule: RuleView | undefined;
  readonly state: DraftState;
  readonly check: Check;
  readonly onApplied: (rule: RuleView) => void;
}

export interface BenchApply {
  readonly applying: Apply;
  readonly save: Save;
  readonly isBlocked: boolean;
  readonly canApply: boolean;
  /** The changes are looked at. */
  readonly isAsking: boolean;
  readonly start: () => void;
  readonly close: () => void;
  /** Their text in place of mine, which one undo brings back. */
  readonly takeTheirs: (theirs: RuleView) => void;
}

export function useBenchApply({ rule, state, check, onApplied }: BenchApplyOptions): BenchApply {
  const { text, draft } = state;
  const mayEdit = useMay('edit');
  const [isAsking, setIsAsking] = useState(false);
  const settle = (saved: RuleView): void => {
    state.discard();
    close();
    onApplied(saved);
  };
  const applying = useApply({ id: rule?.id, onApplied: settle });
  const close = (): void => {
    setIsAsking(false);
    applying.settle();
  };
  const takeTheirs = (theirs: RuleView): void => {
    state.write(theirs.source, 'theirs');
    close();
    onApplied(theirs);
  };
  const isBlocked = check.state === 'checked' && check.errors > 0;
  const canApply = mayEdit && (rule === undefined || draft !== undefined) && !isBlocked;
  const save = { text, version: draft?.version ?? rule?.version ?? 0 };
  const start = (): void => {
    if (!canApply || applying.isBusy) return;
    // A new rule changes nothing that is there: there is nothing to compare.
    if (rule === undefined || isAsking) applying.apply(save);
    else setIsAsking(true);
  };
  return { applying, save, isBlocked, canApply, isAsking, start, close, takeTheirs };
}
