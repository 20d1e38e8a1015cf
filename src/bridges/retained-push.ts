// Retained messages of the house that a remote has yet to be told: all at the first connection, later those whose
// change it missed. Read one by one as there is room, so that each goes out as it is by then.
import { matchesFilter } from '../base/index.ts';
import type { Message } from '../broker/index.ts';
import type { LocalBroker } from './ports.ts';

/** Missed topics that are remembered; beyond that the remote learns of a change with the next one. */
const mostMissed = 10_000;

export class RetainedPush {
  readonly #local: LocalBroker;
  readonly #isFrom: (topic: string) => boolean;
  readonly #missed = new Set<string>();
  readonly #filters: string[];
  #reading: Iterator<Message> | undefined;
  #hasBegun = false;

  /** `isFrom`: whether the remote itself is where the present message of a topic came from. */
  constructor(local: LocalBroker, filters: readonly string[], isFrom: (topic: string) => boolean) {
    this.#local = local;
    this.#filters = [...filters];
    this.#isFrom = isFrom;
  }

  missed(topic: string): void {
    if (this.#hasBegun && this.#missed.size < mostMissed) this.#missed.add(topic);
  }

  next(): Message | undefined {
    this.#hasBegun = true;
    for (;;) {
      const message = this.#nextRetained();
      if (message === undefined || !this.#isFrom(message.topic)) return message;
    }
  }

  #nextRetained(): Message | undefined {
    for (;;) {
      this.#reading ??= this.#open();
      if (this.#reading === undefined) return undefined;
      const { done, value } = this.#reading.next();
      if (done !== true) return value;
      this.#reading = undefined;
    }
  }

  #open(): Iterator<Message> | undefined {
    const filter = this.#filters.shift();
    if (filter !== undefined) return this.#matching(filter);
    const [topic] = this.#missed;
    if (topic === undefined) return undefined;
    this.#missed.delete(topic);
    return this.#matching(topic);
  }

  *#matching(filter: string): Generator<Message> {
    for (const message of this.#local.retained(filter)) {
      if (matchesFilter(filter, message.topic)) yield message;
    }
  }
}
