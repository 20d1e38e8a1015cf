// How long to wait before the next attempt: decorrelated jitter between a base and a cap, as mosquitto has it.
export interface BackoffOptions {
  readonly baseMs: number;
  readonly capMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export class Backoff {
  readonly #options: BackoffOptions;
  #last: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#last = options.baseMs;
  }

  /** Milliseconds; three times the last at most, never below the base nor above the cap. */
  next(): number {
    const { baseMs, capMs, random } = this.#options;
    const most = Math.min(Math.max(capMs, baseMs), this.#last * 3);
    this.#last = baseMs + random() * (most - baseMs);
    return this.#last;
  }

  reset(): void {
    this.#last = this.#options.baseMs;
  }
}
