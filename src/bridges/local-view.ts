// The house as one of its users sees it: what a bridge with `localUser` hears and brings.
import type { BatchNumber, Undo } from '../base/index.ts';
import type { HouseListener, Message } from '../broker/index.ts';
import { fail } from './errors.ts';
import type { LocalBroker } from './ports.ts';

export interface LocalUser {
  readonly user: string;
  readonly client: string;
}

export class LocalView implements LocalBroker {
  readonly #local: LocalBroker;
  readonly #who: LocalUser;

  constructor(local: LocalBroker, who: LocalUser) {
    this.#local = local;
    this.#who = who;
  }

  /** Throws `bridge-not-allowed` besides. */
  publish(message: Message): BatchNumber | undefined {
    if (!this.#may('write', message.topic))
      throw fail('bridge-not-allowed', `${this.#who.user} may not publish there`);
    return this.#local.publish(message);
  }

  release(message: Message): void {
    this.#local.release(message);
  }

  listen(filters: readonly string[], listener: HouseListener): Undo {
    return this.#local.listen(filters, (message) =>
      this.#may('read', message.topic) ? listener(message) : undefined,
    );
  }

  *retained(filter: string): Generator<Message> {
    for (const message of this.#local.retained(filter)) if (this.#may('read', message.topic)) yield message;
  }

  mayUse(question: Parameters<LocalBroker['mayUse']>[0]): boolean {
    return this.#local.mayUse(question);
  }

  #may(kind: 'read' | 'write', topic: string): boolean {
    return this.#local.mayUse({ ...this.#who, kind, topic });
  }
}
