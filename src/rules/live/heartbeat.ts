// Notes every few seconds that the house is alive, while somebody needs to know later when it was last.
import type { Clock, Timestamp, Undo } from '../../base/index.ts';

export interface HeartbeatHouse {
  readonly clock: Clock;
  /** Whether time without a look would have to be told of. */
  isNeeded(): boolean;
  beat(at: Timestamp): void;
}

const periodMs = 5000;

export class Heartbeat {
  readonly #house: HeartbeatHouse;
  #undo: Undo | undefined;

  constructor(house: HeartbeatHouse) {
    this.#house = house;
  }

  /** Begins to beat when it is needed and does not yet; cheap, for every input. */
  look(): void {
    if (this.#undo === undefined && this.#house.isNeeded()) this.#beat();
  }

  stop(): void {
    if (this.#undo === undefined) return;
    this.#undo();
    this.#undo = undefined;
    this.#house.beat(this.#house.clock.now());
  }

  #beat(): void {
    const { clock } = this.#house;
    this.#house.beat(clock.now());
    this.#undo = clock.after(periodMs, () => {
      this.#undo = undefined;
      this.look();
    });
  }
}
