// How much a test may take, and that it lets others have their turn: a long test never holds up the house it is run in.
import type { Clock } from '../../base/index.ts';
import { TestFault } from './test-fault.ts';

/** What one test came to. */
export interface Played {
  readonly inputs: number;
  /** Of the payloads of its messages. */
  readonly bytes: number;
}

/** `inputs` and `bytes` of one test. */
export interface PaceLimits extends Played {
  /** Milliseconds of work for all tests of a rule. */
  readonly workMs: number;
}

const usual: PaceLimits = { inputs: 1_000_000, bytes: 64 * 2 ** 20, workMs: 10_000 };
/** Between two pauses. */
const sliceMs = 5;

export class Pace {
  readonly #clock: Clock;
  readonly #limits: PaceLimits;
  #sliceFrom: number;
  #workedMs = 0;

  constructor(clock: Clock, limits = usual) {
    this.#clock = clock;
    this.#limits = limits;
    this.#sliceFrom = clock.monotonic();
  }

  /** Throws TestFault when it is too much for one test. */
  check(played: Played): void {
    const { inputs, bytes } = this.#limits;
    if (played.inputs > inputs) throw new TestFault(`the test came to more than ${inputs} inputs`);
    if (played.bytes > bytes) throw new TestFault(`the test came to more than ${bytes} bytes of messages`);
  }

  /** After a piece of work of the present test. Throws TestFault when it is too much. */
  async step(played: Played): Promise<void> {
    const sliceFor = this.#clock.monotonic() - this.#sliceFrom;
    this.check(played);
    if (this.#workedMs + sliceFor > this.#limits.workMs)
      throw new TestFault(`the tests of a rule may take ${this.#limits.workMs / 1000} s`);
    if (sliceFor > sliceMs) await this.turn();
  }

  /** All promises that are settled now have been heard of. */
  async turn(): Promise<void> {
    this.#workedMs += this.#clock.monotonic() - this.#sliceFrom;
    await new Promise<void>((resolve) => this.#clock.soon(resolve));
    this.#sliceFrom = this.#clock.monotonic();
  }
}
