// How long to wait before the next attempt: twice as long each time, up to a bound, never two clients in step.

export interface BackoffOptions {
  readonly fromMs: number;
  readonly toMs: number;
  /** 0 to 1. */
  readonly random: () => number;
}

export class Backoff {
  readonly #options: BackoffOptions;
  #attempts = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  get attempts(): number {
    return this.#attempts;
  }

  /** Between half of the present step and all of it. */
  next(): number {
    const { fromMs, toMs, random } = this.#options;
    const step = Math.min(toMs, fromMs * 2 ** Math.min(this.#attempts++, 30));
    return step * (0.5 + random() / 2);
  }

  reset(): void {
    this.#attempts = 0;
  }
}
