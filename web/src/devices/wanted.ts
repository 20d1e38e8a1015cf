// What a control shows: the wish while it may still come true, otherwise what the device reports.
import type { DevicePropertyView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useTickingText } from '../parts/age.tsx';

export type PendingState = 'none' | 'pending' | 'late';

/** The server tells once; that the time has passed is seen by the clock. */
export function pendingStateOf({ pending }: DevicePropertyView, now: number): PendingState {
  if (pending === undefined) return 'none';
  return pending.unconfirmed || now > pending.until ? 'late' : 'pending';
}

export interface Wanted {
  readonly value: unknown;
  readonly state: PendingState;
}

export function useWanted(property: DevicePropertyView): Wanted {
  const { ticker } = useHouse();
  // Renders again when the words change, so when time runs out.
  useTickingText(() => pendingStateOf(property, ticker.now()));
  const state = pendingStateOf(property, ticker.now());
  return { value: state === 'pending' ? property.pending?.value : property.value, state };
}
