// Whether something that is tried again and again works at present. Logs each change once, not each attempt.
import type { Logger } from '../base/index.ts';

export class FailureState {
  readonly #log: Logger;
  readonly #what: string;
  #text: string | undefined;
  #count = 0;

  /** `what` begins a sentence: `commits to homerule.db`. */
  constructor(log: Logger, what: string) {
    this.#log = log;
    this.#what = what;
  }

  /** What is wrong now, in words. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Attempts that failed since the start. */
  get count(): number {
    return this.#count;
  }

  failed(why: string): void {
    this.#count++;
    if (this.#text === undefined) this.#log.error({ reason: why }, `${this.#what} fail: ${why}`);
    this.#text = `${this.#what} fail: ${why}`;
  }

  worked(): void {
    if (this.#text === undefined) return;
    this.#text = undefined;
    this.#log.info({ failures: this.#count }, `${this.#what} work again`);
  }
}
