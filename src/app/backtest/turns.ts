// Whose turn it is: few backtests at once, a few more wait in order, and the rest are refused. Knows nothing of what they do.
import { apiFault as fail } from '../../api/index.ts';

export interface TurnLimits {
  /** At once. */
  readonly running: number;
  readonly waiting: number;
}

export class Turns {
  readonly #limits: TurnLimits;
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /** Resolves when there is room. Throws `too-many-backtests`, and the reason of `signal` when it is aborted meanwhile. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { running, waiting } = this.#limits;
    if (this.#running < running) {
      this.#running++;
      return;
    }
    if (this.#line.length >= waiting)
      throw fail('too-many-backtests', `${running} backtests are under way and ${waiting} wait already`);
    await this.#wait(signal);
  }

  /** Of who took one. It goes over to who waits longest, so that nobody comes in between. */
  giveBack(): void {
    const next = this.#line.shift();
    if (next === undefined) this.#running--;
    else next();
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      const index = this.#line.indexOf(resolve);
      if (index < 0) return;
      this.#line.splice(index, 1);
      reject(signal.reason);
    };
    this.#line.push(resolve);
    signal.addEventListener('abort', leave, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', leave));
  }
}
