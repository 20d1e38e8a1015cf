// The members of one shared subscription: each message goes to one of them, in turn; when none of them is there, into
// the session of one that is kept.
import type { Publication } from '../writer/publication.ts';
import type { Qos, Reclaim, Subscriber, Terms } from './subscriber.ts';

export interface Member {
  readonly subscriber: Subscriber;
  readonly terms: Terms;
}

/** A session that holds the subscription, whether its client is there or not. */
export interface KeptMember {
  readonly client: string;
  /** 1 or 2. */
  readonly qos: Qos;
}

/** Puts the message into the queue of the member's session, from where it is delivered. False when it may not have it. */
export type Enqueue = (member: KeptMember, publication: Publication) => boolean;

export class ShareGroup {
  readonly filter: string;
  readonly #enqueue: Enqueue;
  readonly #members = new Map<Subscriber, Member>();
  #order: Member[] = [];
  #next = 0;
  #kept: KeptMember[] = [];

  constructor(filter: string, enqueue: Enqueue) {
    this.filter = filter;
    this.#enqueue = enqueue;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0 && this.#kept.length === 0;
  }

  keep(member: KeptMember): void {
    this.#kept = [...this.#kept.filter(({ client }) => client !== member.client), member];
  }

  forget(client: string): void {
    this.#kept = this.#kept.filter((member) => member.client !== client);
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
    if (member === undefined) {
      if (publication.packet.qos > 0) this.#leave(publication);
      return undefined;
    }
    const { subscriber, terms } = member;
    const isQueued = subscriber.isPersistent && terms.qos > 0 && publication.packet.qos > 0;
    if (isQueued) this.#enqueue({ client: subscriber.id, qos: terms.qos }, publication);
    return subscriber.deliver(publication, terms, isQueued ? undefined : this.#reclaim)
      ? undefined
      : subscriber;
  }

  /** Nobody is there: the sessions take turns. */
  #leave(publication: Publication): void {
    for (let tried = 0; tried < this.#kept.length; tried++) {
      const member = this.#kept.shift();
      if (member === undefined) return;
      this.#kept.push(member);
      if (this.#enqueue(member, publication)) return;
    }
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
