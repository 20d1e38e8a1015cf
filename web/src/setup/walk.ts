// The way through the setup, as its steps see it.
import { createContext, use } from 'react';
import type { Progress } from './progress.ts';

export interface MadeDevice {
  readonly name: string;
  readonly password: string;
}

export interface Walk {
  readonly progress: Progress;
  /** The password is known only until the page is left. */
  readonly made: MadeDevice | undefined;
  readonly setMade: (device: MadeDevice) => void;
  readonly next: (more?: Partial<Progress>) => void;
  /** Remembers something of this step, and stays. */
  readonly keep: (more: Partial<Progress>) => void;
  /** Absent where nothing lies behind that could be done again. */
  readonly back: (() => void) | undefined;
  /** The setup is over for this browser. */
  readonly end: () => void;
}

export const WalkContext = createContext<Walk | undefined>(undefined);

export function useWalk(): Walk {
  const walk = use(WalkContext);
  if (!walk) throw new Error('useWalk needs a WalkContext above it');
  return walk;
}
