// The one gate to time. Everything else of the house gets a Clock; no other file calls Date.now or setTimeout.
import { uptime } from 'node:os';

/** Epoch milliseconds. */
export type Timestamp = number;

/** This version was not there before: a clock that shows less was not set yet. */
export const releasedAt: Timestamp = Date.UTC(2026, 0, 1);

/** Takes back what the call that returned it did. Calling it twice is harmless. */
export type Undo = () => void;

export interface Clock {
  /** Wall time in epoch milliseconds. */
  now(): Timestamp;
  /** Milliseconds that never go back, from an arbitrary start; for durations. */
  monotonic(): number;
  /** The same, and goes on while the machine sleeps, as far as the system counts that. */
  uptime(): number;
  /** Calls `run` once, `ms` milliseconds from now; any length, fractions allowed. */
  after(ms: number, run: () => void): Undo;
  /** Calls `run` after the present turn of the event loop. */
  soon(run: () => void): Undo;
}

/** setTimeout counts in a signed 32-bit integer; longer waits are made of several. */
const longestTimeout = 2 ** 31 - 1;

export class SystemClock implements Clock {
  now(): Timestamp {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  uptime(): number {
    return uptime() * 1000;
  }

  after(ms: number, run: () => void): Undo {
    let handle: NodeJS.Timeout | undefined;
    const arm = (left: number): void => {
      const step = Math.min(left, longestTimeout);
      handle = setTimeout(() => (left > step ? arm(left - step) : run()), step);
    };
    arm(Math.max(0, ms));
    return () => clearTimeout(handle);
  }

  soon(run: () => void): Undo {
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  }
}

interface Alarm {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to move: for rule tests, dry run, backtest and our own tests. */
export class VirtualClock implements Clock {
  #now: Timestamp;
  readonly #start: Timestamp;
  #alarms: Alarm[] = [];
  #order = 0;

  constructor(start: Timestamp) {
    this.#start = start;
    this.#now = start;
  }

  now(): Timestamp {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#start;
  }

  uptime(): number {
    return this.monotonic();
  }

  after(ms: number, run: () => void): Undo {
    const alarm: Alarm = { due: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  soon(run: () => void): Undo {
    return this.after(0, run);
  }

  /** Runs everything that is due up to `to`, in due order, each at its own time. */
  advanceTo(to: Timestamp): void {
    for (;;) {
      const next = this.#earliest();
      if (next === undefined || next.due > to) break;
      this.#alarms = this.#alarms.filter((alarm) => alarm !== next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = Math.max(this.#now, to);
  }

  advance(ms: number): void {
    this.advanceTo(this.#now + ms);
  }

  #earliest(): Alarm | undefined {
    let best: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (
        best === undefined ||
        alarm.due < best.due ||
        (alarm.due === best.due && alarm.order < best.order)
      ) {
        best = alarm;
      }
    }
    return best;
  }
}
