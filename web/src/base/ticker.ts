// The one clock of the UI: the server's time, and a tick each second while somebody looks.
export class Ticker {
  readonly #listeners = new Set<() => void>();
  readonly #wall: () => number;
  #offsetMs = 0;
  #timer: ReturnType<typeof globalThis.setInterval> | undefined;

  constructor(wall: () => number = () => Date.now()) {
    this.#wall = wall;
  }

  /** Epoch milliseconds of the server, so that ages are right on a device whose clock is wrong. */
  now(): number {
    return this.#wall() + this.#offsetMs;
  }

  /** Small differences are only the way to the server. */
  adjust(serverNow: number): void {
    const offset = serverNow - this.#wall();
    this.#offsetMs = Math.abs(offset) > 1_500 ? offset : 0;
  }

  /** By how much the server's clock is ahead of this device's. */
  get aheadMs(): number {
    return this.#offsetMs;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= globalThis.setInterval(() => this.#tick(), 1_000);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      globalThis.clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #tick(): void {
    for (const listener of this.#listeners) listener();
  }
}
