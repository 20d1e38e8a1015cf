// The keys of the whole workbench: undo, redo, apply. Fields have no undo of their own, there is one for the rule.
import type { KeyboardEvent } from 'react';
import type { DraftState } from './use-draft.ts';

export interface BenchUse {
  readonly state: DraftState;
  readonly apply: () => void;
}

export function benchKey(event: KeyboardEvent, { state, apply }: BenchUse): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  // What is typed in a dialog is no part of the rule.
  const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
  const key = event.key.toLowerCase();
  if (!isInside && key !== 's') return;
  const isRedo = key === 'y' || (key === 'z' && event.shiftKey);
  if (isRedo) state.redo?.();
  else if (key === 'z') state.undo?.();
  else if (key === 's') apply();
  else return;
  event.preventDefault();
}
