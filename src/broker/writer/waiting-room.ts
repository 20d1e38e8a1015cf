// Those who wait until one subscriber has room: publishers, who wait a moment at most, and readers of what is kept for
// it, who wait as long as it takes.
import type { Undo } from '../../base/index.ts';

/** As long as a subscriber that falls behind may hold up others; then it is on its own until it has caught up. */
const holdMs = 50;

export class WaitingRoom {
  readonly #after: (ms: number, run: () => void) => Undo;
  #publishers: (() => void)[] = [];
  #readers: (() => void)[] = [];
  #timer: Undo | undefined;
  #isSlow = false;

  constructor(after: (ms: number, run: () => void) => Undo) {
    this.#after = after;
  }

  /** It has had its time: nobody waits for it any more. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  hold(done: () => void): void {
    if (this.#isSlow) {
      done();
      return;
    }
    this.#publishers.push(done);
    this.#timer ??= this.#after(holdMs, () => {
      this.#timer = undefined;
      this.#isSlow = true;
      this.#call(this.#leavingPublishers());
    });
  }

  waitForRoom(done: () => void): void {
    this.#readers.push(done);
  }

  /** There is room, or never will be. */
  release(): void {
    this.#isSlow = false;
    this.#timer?.();
    this.#timer = undefined;
    const readers = this.#readers;
    this.#readers = [];
    this.#call(this.#leavingPublishers());
    this.#call(readers);
  }

  #leavingPublishers(): readonly (() => void)[] {
    const publishers = this.#publishers;
    this.#publishers = [];
    return publishers;
  }

  #call(waiting: readonly (() => void)[]): void {
    for (const done of waiting) done();
  }
}
