// What a node tells the house, in order, one after the other. While the house cannot be reached it is refused, only the
// latest is kept, or all of it within a bound; what is given up fails with an error of its own message.
import type { Undo } from './clock.ts';
import type { Engine } from './engine.ts';
import { isUnreachable, PaletteError } from './errors.ts';

const capacity = 100;
/** While there is a connection. */
const capacityInTurn = 1000;

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
  #isBusy = false;

  /** `policy`: `none`, `last` or `all`. */
  constructor(policy: string, engine: Engine) {
    this.#policy = policy;
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
    while (this.#engine.isConnected) {
      const entry = this.#kept.shift();
      if (entry === undefined) break;
      await this.#send(entry);
    }
    this.#isBusy = false;
  }

  /** A connection that is lost without a word is noticed by the request first: then it waits as the others do. */
  async #send(entry: Entry): Promise<void> {
    try {
      await entry.run();
      entry.resolve();
    } catch (error) {
      if (this.#policy === 'none' || !isUnreachable(error) || this.#engine.isConnected) entry.reject(error);
      else this.#kept.unshift(entry);
    }
  }
}
