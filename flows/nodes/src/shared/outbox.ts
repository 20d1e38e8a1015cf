// What a node tells the house, in order, one after the other. While the house cannot be reached it is refused, only the
// latest is kept, or all of it within a bound; what is given up fails with an error of its own message.
import type { Clock, Undo } from './clock.ts';
import type { Engine } from './engine.ts';
import { isUnreachable, PaletteError } from './errors.ts';

const capacity = 100;
/** While there is a connection. */
const capacityInTurn = 1000;
const retryAfterMs = 500;

interface Entry {
  readonly run: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function giveUp({ reject }: Entry, why: string): void {
  reject(new PaletteError('dropped', `not sent to the house: ${why}`));
}

export class Outbox {
  readonly #policy: string;
  readonly #engine: Engine;
  readonly #undo: Undo;
  #kept: Entry[] = [];
  readonly #clock: Clock;
  #isBusy = false;
  #disarm: Undo = () => undefined;

  /** `policy`: `none`, `last` or `all`. */
  constructor(policy: string, engine: Engine, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
    this.#engine = engine;
    this.#undo = engine.link.onState(() => void this.#work());
  }

  /** What waits for the connection. */
  get size(): number {
    return this.#engine.isConnected ? 0 : this.#kept.length;
  }

  /** Settles when `run` has. */
  add(run: () => Promise<void>): Promise<void> {
    const isOffline = !this.#engine.isConnected;
    if (isOffline && this.#policy === 'none')
      return Promise.reject(new PaletteError('unreachable', 'the house cannot be reached now'));
    return new Promise((resolve, reject) => {
      this.#kept.push({ run, resolve, reject });
      this.#bound(isOffline);
      void this.#work();
    });
  }

  close(): void {
    this.#undo();
    this.#disarm();
    for (const given of this.#kept.splice(0)) giveUp(given, 'the node was closed');
  }

  #bound(isOffline: boolean): void {
    const most = !isOffline ? capacityInTurn : this.#policy === 'last' ? 1 : capacity;
    const given = this.#kept.splice(0, this.#kept.length - most);
    for (const entry of given) giveUp(entry, 'later messages took its place');
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#disarm();
    let goesOn = true;
    while (goesOn && this.#engine.isConnected) {
      const entry = this.#kept.shift();
      if (entry === undefined) break;
      goesOn = await this.#send(entry);
    }
    this.#isBusy = false;
    if (!goesOn) this.#disarm = this.#clock.after(retryAfterMs, () => void this.#work());
  }

  /** False: it waits as the others do, for a request may notice a lost connection before the live one does. */
  async #send(entry: Entry): Promise<boolean> {
    try {
      await entry.run();
      entry.resolve();
    } catch (error) {
      if (this.#policy !== 'none' && isUnreachable(error)) {
        this.#kept.unshift(entry);
        return false;
      }
      entry.reject(error);
    }
    return true;
  }
}
