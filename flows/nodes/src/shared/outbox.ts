// What a node wants to tell the house while it cannot be reached: refused, only the latest kept, or all of them within a
// bound. What is given up fails with an error of its own message.
import type { Undo } from './clock.ts';
import type { Engine } from './engine.ts';
import { PaletteError } from './errors.ts';

const capacity = 100;

interface Entry {
  readonly run: () => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Outbox {
  readonly #policy: string;
  readonly #engine: Engine;
  readonly #undo: Undo;
  #kept: Entry[] = [];

  /** `policy`: `none`, `last` or `all`. */
  constructor(policy: string, engine: Engine) {
    this.#policy = policy;
    this.#engine = engine;
    this.#undo = engine.link.onState(({ phase }) => {
      if (phase === 'connected') void this.#flush();
    });
  }

  get size(): number {
    return this.#kept.length;
  }

  /** Settles when `run` has. */
  add(run: () => Promise<void>): Promise<void> {
    if (this.#engine.isConnected && this.#kept.length === 0) return run();
    if (this.#policy === 'none')
      return Promise.reject(new PaletteError('unreachable', 'the house cannot be reached now'));
    return new Promise((resolve, reject) => {
      this.#kept.push({ run, resolve, reject });
      const most = this.#policy === 'last' ? 1 : capacity;
      for (const given of this.#kept.splice(0, this.#kept.length - most))
        giveUp(given, 'a later message took its place');
    });
  }

  close(): void {
    this.#undo();
    for (const given of this.#kept.splice(0)) giveUp(given, 'the node was closed');
  }

  /** In the order in which they came. */
  async #flush(): Promise<void> {
    const kept = this.#kept;
    this.#kept = [];
    for (const { run, resolve, reject } of kept) await run().then(resolve, reject);
  }
}

function giveUp({ reject }: Entry, why: string): void {
  reject(new PaletteError('dropped', `not sent while the house could not be reached: ${why}`));
}
