// Gathers the items of one subscription and sends them in batches, a bounded number of times a second.
import type { Clock, Undo } from '../base/index.ts';
import { Events } from './events.ts';
import { liveLimits } from './limits.ts';
import { Pending, type Waiting } from './pending.ts';

/** Where batches go. */
export interface Outlet {
  /** Whether so much is unsent that nothing may be added. */
  isSlow(): boolean;
  send(text: string): void;
  /** Told how many items a batch reports as lost; `wantsEvery`: by a subscription that should have had all. */
  countLagged(items: number, wantsEvery: boolean): void;
}

export interface SubscriptionOptions {
  readonly id: string;
  readonly clock: Clock;
  readonly outlet: Outlet;
  /** Nothing takes the place of anything, and a slow socket gets it later. */
  readonly every?: boolean;
}

export class Subscription {
  readonly #id: string;
  readonly #clock: Clock;
  readonly #outlet: Outlet;
  readonly #every: boolean;
  readonly #pending: Waiting;
  #nextAt = Number.NEGATIVE_INFINITY;
  #disarm: Undo | undefined;

  constructor({ id, clock, outlet, every = false }: SubscriptionOptions) {
    this.#id = id;
    this.#every = every;
    const { itemsPerSubscription, eventsPerSubscription: items, eventCharacters: characters } = liveLimits;
    this.#pending = every ? new Events({ items, characters }) : new Pending(itemsPerSubscription);
    this.#clock = clock;
    this.#outlet = outlet;
  }

  push(key: string, item: unknown): void {
    this.#pending.push(key, item);
    this.#arm();
  }

  close(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    this.#pending.drop();
  }

  /** The first item after a silence leaves at the end of the turn, the next ones together. */
  #arm(): void {
    if (this.#disarm !== undefined) return;
    const wait = Math.max(0, this.#nextAt - this.#clock.monotonic());
    this.#disarm = this.#clock.after(wait, () => {
      this.#disarm = undefined;
      this.#flush();
    });
  }

  /** A slow socket is asked again each time, so that it hears what it lost even when nothing follows. */
  #flush(): void {
    this.#nextAt = this.#clock.monotonic() + liveLimits.batchEveryMs;
    if (!this.#outlet.isSlow()) this.#sendBatch();
    else if (!this.#every) this.#pending.drop();
    if (!this.#pending.isEmpty) this.#arm();
  }

  #sendBatch(): void {
    const items: string[] = [];
    let characters = 0;
    while (characters < liveLimits.batchCharacters) {
      const text = this.#pending.shift();
      if (text === undefined) break;
      characters += text.length;
      items.push(text);
    }
    const lagged = this.#pending.takeLagged();
    if (items.length === 0 && lagged === 0) return;
    const tail = lagged === 0 ? '' : `,"lagged":${lagged}`;
    this.#outlet.countLagged(lagged, this.#every);
    this.#outlet.send(`{"op":"items","id":${JSON.stringify(this.#id)},"items":[${items.join(',')}]${tail}}`);
  }
}
