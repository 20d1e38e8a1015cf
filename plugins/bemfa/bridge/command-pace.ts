// Commands to devices of the cloud: at once, then at most one a second for each topic, the latest. None waits for a cloud
// that is away: it would be done when nobody wants it any more.
import type { Clock, Undo } from '../../../src/base/index.ts';

export interface CommandPaceOptions {
  readonly clock: Clock;
  readonly everyMs: number;
  readonly send: (topic: string, text: string) => void;
}

interface Turn {
  next: string | undefined;
  undo: Undo;
}

export class CommandPace {
  readonly #options: CommandPaceOptions;
  readonly #turns = new Map<string, Turn>();
  #superseded = 0;

  constructor(options: CommandPaceOptions) {
    this.#options = options;
  }

  /** Commands that a later one overtook. */
  get superseded(): number {
    return this.#superseded;
  }

  say(topic: string, text: string): void {
    const turn = this.#turns.get(topic);
    if (turn === undefined) return this.#send(topic, text);
    if (turn.next !== undefined) this.#superseded += 1;
    turn.next = text;
    return undefined;
  }

  stop(): void {
    for (const { undo } of this.#turns.values()) undo();
    this.#turns.clear();
  }

  #send(topic: string, text: string): void {
    const { clock, everyMs, send } = this.#options;
    const undo = clock.after(everyMs, () => this.#turn(topic));
    this.#turns.set(topic, { next: undefined, undo });
    send(topic, text);
  }

  #turn(topic: string): void {
    const next = this.#turns.get(topic)?.next;
    if (next === undefined) this.#turns.delete(topic);
    else this.#send(topic, next);
  }
}
