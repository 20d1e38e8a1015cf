// Who lives here: sleeps at night, wanders through the rooms by day, crosses the hallway, sometimes goes out.
import type { Clock, Undo } from '../../src/base/index.ts';
import type { Chance } from './random.ts';
import { hourOf } from './weather.ts';

export type ResidentEvent =
  | { readonly kind: 'enters'; readonly room: string }
  | { readonly kind: 'uses-door' };

const minute = 60_000;

export class Resident {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #listeners = new Set<(event: ResidentEvent) => void>();
  #undo: Undo = () => undefined;
  #room = 'bedroom';

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  watch(listener: (event: ResidentEvent) => void): void {
    this.#listeners.add(listener);
  }

  start(): void {
    this.#wait(this.#chance.between(0.2, 2));
  }

  stop(): void {
    this.#undo();
  }

  #wait(minutes: number): void {
    this.#undo = this.#clock.after(minutes * minute, () => this.#move());
  }

  #move(): void {
    const hour = hourOf(this.#clock.now());
    const isNight = hour < 6.5 || hour > 23;
    // At night only a glass of water now and then.
    if (isNight && this.#room === 'bedroom' && this.#chance.next() < 0.8) {
      this.#wait(this.#chance.between(20, 60));
      return;
    }
    this.#tell({ kind: 'enters', room: 'hallway' });
    const next = isNight
      ? 'bedroom'
      : this.#chance.pick(['living-room', 'kitchen', 'bedroom', 'bathroom', 'outside']);
    if (next === 'outside' || this.#room === 'outside') this.#tell({ kind: 'uses-door' });
    this.#room = next;
    this.#undo = this.#clock.after(this.#chance.between(4, 15) * 1000, () => {
      if (next !== 'outside') this.#tell({ kind: 'enters', room: next });
      this.#wait(next === 'outside' ? this.#chance.between(20, 120) : this.#chance.between(2, 25));
    });
  }

  #tell(event: ResidentEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
