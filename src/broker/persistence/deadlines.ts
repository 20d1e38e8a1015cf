// Things that are to happen at a time of the wall clock, by name. A clock that lies about the year makes nothing happen.
import type { Clock, Timestamp, Undo } from '../../base/index.ts';

/** A machine without a battery-backed clock wakes up in 1970 and learns the time later from the network. */
const earliestPlausible: Timestamp = Date.UTC(2025, 0, 1);
const askAgainMs = 10_000;

export class Deadlines {
  readonly #clock: Clock;
  readonly #undos = new Map<string, Undo>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#undos.size;
  }

  /** When something that takes `ms` from now will be; null as long as nobody can know. */
  timeIn(ms: number): Timestamp | null {
    const now = this.#clock.now();
    return now < earliestPlausible ? null : now + ms;
  }

  /** Replaces what was set under this name. */
  in(name: string, ms: number, run: () => void): void {
    this.clear(name);
    this.#after(name, ms, run);
  }

  /** As soon as the clock is to be trusted and shows this time. */
  at(name: string, time: Timestamp, run: () => void): void {
    this.clear(name);
    const now = this.#clock.now();
    if (now < earliestPlausible) this.#after(name, askAgainMs, () => this.at(name, time, run));
    else this.#after(name, time - now, run);
  }

  clear(name: string): void {
    this.#undos.get(name)?.();
    this.#undos.delete(name);
  }

  stop(): void {
    for (const undo of this.#undos.values()) undo();
    this.#undos.clear();
  }

  #after(name: string, ms: number, run: () => void): void {
    const undo = this.#clock.after(ms, () => {
      this.#undos.delete(name);
      run();
    });
    this.#undos.set(name, undo);
  }
}
