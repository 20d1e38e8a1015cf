// What newly asked topics did before: read beside the house, put in as an input, so that a decision before it and one
// after it are told apart by a replay. One look at a time.
import type { Recollection, WantedPast } from '../../devices/index.ts';

export interface RecallsHouse {
  readonly past: { readonly isWanting: boolean; takeWanted(): readonly WantedPast[] };
  /** Never rejects: of what cannot be read it tells nothing. */
  recollect(wanted: readonly WantedPast[]): Promise<readonly Recollection[]>;
  decide(recollection: Recollection): void;
}

export class Recalls {
  readonly #house: RecallsHouse;
  #isBusy = false;
  #isStopped = false;

  constructor(house: RecallsHouse) {
    this.#house = house;
  }

  /** After each decision. */
  // hot: test/bench/engine.ts
  look(): void {
    if (!this.#isBusy && this.#house.past.isWanting) void this.#recall();
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #recall(): Promise<void> {
    this.#isBusy = true;
    while (!this.#isStopped && this.#house.past.isWanting) {
      const found = await this.#house.recollect(this.#house.past.takeWanted());
      for (const one of found) if (!this.#isStopped) this.#house.decide(one);
    }
    this.#isBusy = false;
  }
}
