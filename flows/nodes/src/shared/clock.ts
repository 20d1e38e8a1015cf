// The one gate to time and chance of the nodes; everything else gets a `Clock`.

/** Takes back what the call that returned it did. Calling it twice is harmless. */
export type Undo = () => void;

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once, `ms` milliseconds from now; any length. */
  after(ms: number, run: () => void): Undo;
}

/** setTimeout counts in a signed 32-bit integer; longer waits are made of several. */
const longestTimeout = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    let handle: NodeJS.Timeout | undefined;
    const arm = (left: number): void => {
      const step = Math.min(left, longestTimeout);
      handle = setTimeout(() => (left > step ? arm(left - step) : run()), step);
    };
    arm(Math.max(0, ms));
    return () => clearTimeout(handle);
  },
};
