// Subscribers inside the house: they hear each message once, in order, without socket, session or access rules.
import { type BatchNumber, type Logger, messageOf, TopicTrie, type Undo } from '../base/index.ts';
import type { Message } from './ports.ts';

/**
 * Returns the batch that keeps what it made of the message, which the acknowledgement then waits for. Called before the
 * house looks at the message; synchronous, must not call back into the broker. The payload is a view: copy to keep it.
 */
export type HouseListener = (message: Message) => BatchNumber | undefined;

export class HouseListeners {
  readonly #log: Logger;
  readonly #byFilter = new TopicTrie<HouseListener>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Filters must be valid. A message that several of them match is heard once. */
  add(filters: readonly string[], listener: HouseListener): Undo {
    // A function of its own, so that one listener may be added twice and undone once.
    const own: HouseListener = (message) => listener(message);
    const undos = filters.map((filter) => this.#byFilter.add(filter, own));
    return () => {
      for (const undo of undos) undo();
    };
  }

  areThere(topic: string): boolean {
    return this.#byFilter.size > 0 && this.#byFilter.match(topic).size > 0;
  }

  /** hot: once per message; guarded by the broker benchmark. */
  tell(message: Message): BatchNumber | undefined {
    if (this.#byFilter.size === 0) return undefined;
    let kept: BatchNumber | undefined;
    for (const listener of this.#byFilter.match(message.topic)) kept = this.#call(listener, message) ?? kept;
    return kept;
  }

  /** An exception is a bug of the listener; the message goes on. */
  #call(listener: HouseListener, message: Message): BatchNumber | undefined {
    try {
      return listener(message);
    } catch (error) {
      this.#log.error({ topic: message.topic, error: messageOf(error) }, 'a listener in the house threw');
      return undefined;
    }
  }
}
