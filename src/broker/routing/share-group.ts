// The members of one shared subscription: each message goes to one of them, in turn.
import type { Publication } from '../writer/publication.ts';
import type { Reclaim, Subscriber, Terms } from './subscriber.ts';

export interface Member {
  readonly subscriber: Subscriber;
  readonly terms: Terms;
}

/** Puts the message into the queue of the member's session, from where it is delivered. */
export type Enqueue = (subscriber: Subscriber, publication: Publication) => void;

export class ShareGroup {
  readonly filter: string;
  readonly #enqueue: Enqueue;
  readonly #members = new Map<Subscriber, Member>();
  #order: Member[] = [];
  #next = 0;

  constructor(filter: string, enqueue: Enqueue) {
    this.filter = filter;
    this.#enqueue = enqueue;
  }

  get size(): number {
    return this.#members.size;
  }

  set(member: Member): void {
    this.#members.set(member.subscriber, member);
    this.#order = [...this.#members.values()];
  }

  delete(subscriber: Subscriber): void {
    this.#members.delete(subscriber);
    this.#order = [...this.#members.values()];
  }

  /** Undefined when the one that was chosen has room, else that one. */
  deliver(publication: Publication): Subscriber | undefined {
    const member = this.#choose(publication.packet.topic);
    if (member === undefined) return undefined;
    const { subscriber, terms } = member;
    const isQueued = subscriber.isPersistent && terms.qos > 0 && publication.packet.qos > 0;
    if (isQueued) this.#enqueue(subscriber, publication);
    return subscriber.deliver(publication, terms, isQueued ? undefined : this.#reclaim)
      ? undefined
      : subscriber;
  }

  /** A member went away for good with this in hand; a session that is kept keeps it. */
  readonly #reclaim: Reclaim = (publication) => {
    this.deliver(publication);
  };

  /** The next one that may have it, undefined when none may. */
  #choose(topic: string): Member | undefined {
    for (let tried = 0; tried < this.#order.length; tried++) {
      if (this.#next >= this.#order.length) this.#next = 0;
      const member = this.#order[this.#next++];
      if (member?.subscriber.mayReceive(topic)) return member;
    }
    return undefined;
  }
}
