// What clients do, told to whoever listens: at once while it is calm, from a bounded queue in a storm, always in order.
import { type Clock, Ring, type Undo } from '../base/index.ts';
import type { ClientEvent } from './ports.ts';

export type ClientListener = (event: ClientEvent) => void;

/** Told in one turn of the loop, so that ten thousand clients that come back at once do not stop the messages. */
const perTurn = 100;
/** Events that may wait; past it the oldest is forgotten. */
const mostWaiting = 10_000;

export class ClientEvents {
  readonly #clock: Clock;
  readonly #onListenerError: (error: unknown) => void;
  readonly #listeners = new Set<ClientListener>();
  readonly #waiting = new Ring<ClientEvent>(mostWaiting);
  #toldThisTurn = 0;
  #isArmed = false;

  constructor(clock: Clock, onListenerError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onListenerError = onListenerError;
  }

  /** Events that nobody was told of, because too many waited. */
  get dropped(): number {
    return this.#waiting.dropped;
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  listen(listener: ClientListener): Undo {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: ClientEvent): void {
    if (!this.isHeard) return;
    if (this.#waiting.size > 0 || this.#toldThisTurn >= perTurn) this.#waiting.push(event);
    else this.#deliver(event);
    this.#arm();
  }

  #deliver(event: ClientEvent): void {
    this.#toldThisTurn++;
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  #arm(): void {
    if (this.#isArmed) return;
    this.#isArmed = true;
    this.#clock.soon(() => this.#nextTurn());
  }

  #nextTurn(): void {
    this.#isArmed = false;
    this.#toldThisTurn = 0;
    while (this.#toldThisTurn < perTurn) {
      const event = this.#waiting.shift();
      if (event === undefined) return;
      this.#deliver(event);
    }
    this.#arm();
  }
}
