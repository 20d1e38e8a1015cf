// Which view of the rule somebody likes; this browser remembers it.
import { useState } from 'react';
import { browserStorage } from '../base/storage.ts';
import { type BenchView, viewFrom } from './view-switch.tsx';

const key = 'homerule.rule-view';

export function useBenchView(): readonly [view: BenchView, change: (view: BenchView) => void] {
  const [view, setView] = useState(() => viewFrom(browserStorage().getItem(key)));
  const change = (next: BenchView): void => {
    browserStorage().setItem(key, next);
    setView(next);
  };
  return [view, change];
}
