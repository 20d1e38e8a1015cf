// Which run of a list stands beside it.
import { useState } from 'react';
import type { RunSummary } from '../api/types.ts';

/** Without a choice the newest run of the moment stays on the screen; later ones come to the list only. */
export function useShownRun(
  runs: readonly RunSummary[] | undefined,
  selected: string | undefined,
): string | undefined {
  const [first, setFirst] = useState<string>();
  const newest = runs?.[0]?.id;
  if (first === undefined && newest !== undefined) setFirst(newest);
  return selected ?? first;
}
