// Whether the cloud still hears us. Its connections die without a word, so a message to a topic of our own must come back.
import type { Clock, Undo } from '../../../src/base/index.ts';

export interface LivenessOptions {
  readonly clock: Clock;
  readonly everyMs: number;
  /** So many in a row may be lost. */
  readonly losses: number;
  readonly ping: () => void;
  readonly onDead: () => void;
}

export class Liveness {
  readonly #options: LivenessOptions;
  #unanswered = 0;
  #undo: Undo = () => undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** After a connection was made. */
  start(): void {
    this.stop();
    this.#unanswered = 0;
    this.#arm();
  }

  /** Anything from the cloud is a sign of life. */
  alive(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    this.#undo();
  }

  #arm(): void {
    const { clock, everyMs } = this.#options;
    this.#undo = clock.after(everyMs, () => this.#beat());
  }

  #beat(): void {
    const { losses, ping, onDead } = this.#options;
    if (this.#unanswered >= losses) return onDead();
    this.#unanswered += 1;
    ping();
    return this.#arm();
  }
}
