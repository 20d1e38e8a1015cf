// Takes the place of the emitter that aedes passes messages through (its documented option `mq`), so that a message
// reaches each client once, at once, and none waits for another. Knows clients only as subscribers.
import { Publication, type RoutedPacket } from '../writer/publication.ts';
import type { Subscriber } from './subscriber.ts';
import type { Route, SubscriptionIndex } from './subscription-index.ts';

type Done = (error?: Error | null) => void;

const ignore: Done = () => undefined;

/** Method names and arguments are those that aedes calls. */
export class Router {
  readonly #index: SubscriptionIndex;
  #isClosed = false;

  constructor(index: SubscriptionIndex) {
    this.#index = index;
  }

  /** Subscriptions come to the index by way of the client; see `watchSubscriptions`. */
  on(_filter: string, _listener: unknown, done: Done = ignore): this {
    done();
    return this;
  }

  removeListener(_filter: string, _listener: unknown, done: Done = ignore): this {
    done();
    return this;
  }

  /** hot: once per publish; guarded by the broker benchmark. `done` lets the publisher go on. */
  emit(packet: RoutedPacket, done: Done = ignore): this {
    if (this.#isClosed) {
      done(new Error('the broker has stopped'));
      return this;
    }
    if (this.pass(packet, done)) done();
    return this;
  }

  /** hot: as `emit`, but true, with `done` never called, when the publisher may go on at once. */
  pass(packet: RoutedPacket, done: Done): boolean {
    const crowded = this.#deliver(packet, this.#index.route(packet.topic));
    crowded?.hold(done);
    return crowded === undefined;
  }

  /** Whether a message of this topic would go anywhere. */
  hasSubscribers(topic: string): boolean {
    const { targets, groups } = this.#index.route(topic);
    return targets.length > 0 || groups.length > 0;
  }

  close(done: Done = ignore): this {
    this.#isClosed = true;
    done();
    return this;
  }

  /** Returns one of those that have no room. */
  #deliver(packet: RoutedPacket, { targets, groups }: Route): Subscriber | undefined {
    if (targets.length === 0 && groups.length === 0) return undefined;
    const { topic, clientId } = packet;
    const publication = new Publication(packet);
    let crowded: Subscriber | undefined;
    for (const { subscriber, terms, ownTerms } of targets) {
      const wanted = clientId !== undefined && clientId === subscriber.id ? ownTerms : terms;
      if (wanted === undefined || !subscriber.mayReceive(topic)) subscriber.decline(publication);
      else if (!subscriber.deliver(publication, wanted)) crowded = subscriber;
    }
    for (const group of groups) crowded = group.deliver(publication) ?? crowded;
    return crowded;
  }
}
