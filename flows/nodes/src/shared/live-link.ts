// The live connection that all nodes of an engine share: connects again for ever, subscribes again each time, and asks
// its watchers to read the present anew. Watchers of the same thing share one subscription.
import type { LiveChannel, LiveEvent, LiveItems } from '../../../../src/api/contract.ts';
import { Backoff, type BackoffOptions } from './backoff.ts';
import type { Clock, Undo } from './clock.ts';
import { messageOf } from './errors.ts';
import type { Home } from './home.ts';
import { LiveSocket } from './live-socket.ts';

export interface Watcher {
  /** Every item in order, as for events; without it the latest of each thing. */
  readonly every?: boolean;
  /** What follows is told to this watcher: time to read the present. After each new connection, and after a loss. */
  ready?(): void;
  item(item: unknown): void;
  /** The house refuses the subscription. */
  refused?(reason: string): void;
}

export interface LinkState {
  readonly phase: 'idle' | 'connecting' | 'connected' | 'waiting';
  /** Why it waits. */
  readonly reason: string;
}

export interface LiveLinkOptions {
  readonly home: Home;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly warn: (text: string) => void;
}

interface Subscription {
  readonly id: string;
  readonly channel: LiveChannel;
  readonly filter: string | undefined;
  readonly every: boolean;
  readonly watchers: Set<Watcher>;
  isReady: boolean;
}

export class LiveLink {
  readonly #options: LiveLinkOptions;
  readonly #backoff: Backoff;
  readonly #byKey = new Map<string, Subscription>();
  readonly #byId = new Map<string, Subscription>();
  readonly #listeners = new Set<(state: LinkState) => void>();
  #socket: LiveSocket | undefined;
  #state: LinkState = { phase: 'idle', reason: '' };
  #disarm: Undo = () => undefined;
  #ids = 0;
  #lagged = 0;
  #connections = 0;

  constructor(options: LiveLinkOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.backoff);
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Items that the house had to drop, and how often it was connected. */
  get counters(): { readonly lagged: number; readonly connections: number } {
    return { lagged: this.#lagged, connections: this.#connections };
  }

  open(): void {
    if (this.#state.phase === 'idle') this.#connect();
  }

  close(): void {
    this.#disarm();
    this.#change({ phase: 'idle', reason: '' });
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.end('closed here');
  }

  /** Told at once how things stand, and at each change. */
  onState(listener: (state: LinkState) => void): Undo {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => void this.#listeners.delete(listener);
  }

  watch(channel: LiveChannel, filter: string | undefined, watcher: Watcher): Undo {
    const wanted = { channel, filter, every: watcher.every === true };
    const key = JSON.stringify(Object.values(wanted));
    const subscription = this.#byKey.get(key) ?? this.#subscribe(key, wanted);
    subscription.watchers.add(watcher);
    if (subscription.isReady) this.#guard(() => watcher.ready?.());
    return () => {
      if (!subscription.watchers.delete(watcher) || subscription.watchers.size > 0) return;
      this.#byKey.delete(key);
      this.#byId.delete(subscription.id);
      if (this.#state.phase === 'connected') this.#socket?.send({ op: 'unsub', id: subscription.id });
    };
  }

  #subscribe(key: string, wanted: Pick<Subscription, 'channel' | 'filter' | 'every'>): Subscription {
    const id = `s${++this.#ids}`;
    const made: Subscription = { id, ...wanted, watchers: new Set(), isReady: false };
    this.#byKey.set(key, made);
    this.#byId.set(id, made);
    if (this.#state.phase === 'connected') this.#ask(made);
    return made;
  }

  #ask({ id, channel, filter, every }: Subscription): void {
    const how = { ...(filter !== undefined && { filter }), ...(every && { every }) };
    this.#socket?.send({ op: 'sub', id, channel, ...how });
  }

  #connect(): void {
    this.#change({ phase: 'connecting', reason: this.#state.reason });
    const { home, clock } = this.#options;
    this.#socket = new LiveSocket({
      home,
      clock,
      onEvent: (event) => this.#hear(event),
      onEnd: (reason) => this.#ended(reason),
    });
  }

  #ended(reason: string): void {
    if (this.#socket === undefined) return;
    this.#socket = undefined;
    for (const subscription of this.#byId.values()) subscription.isReady = false;
    this.#disarm = this.#options.clock.after(this.#backoff.next(), () => this.#connect());
    this.#change({ phase: 'waiting', reason });
  }

  #hear(event: LiveEvent): void {
    if (event.op === 'hello') {
      this.#backoff.reset();
      this.#connections++;
      this.#change({ phase: 'connected', reason: '' });
      for (const subscription of this.#byId.values()) this.#ask(subscription);
      return;
    }
    const subscription = event.id === undefined ? undefined : this.#byId.get(event.id);
    if (subscription === undefined) return;
    if (event.op === 'subscribed') this.#ready(subscription);
    else if (event.op === 'items') this.#items(subscription, event.items, event.lagged ?? 0);
    else this.#refused(subscription, event.message);
  }

  #ready(subscription: Subscription): void {
    subscription.isReady = true;
    for (const watcher of subscription.watchers) this.#guard(() => watcher.ready?.());
  }

  #items(subscription: Subscription, items: readonly LiveItems[LiveChannel][], lagged: number): void {
    for (const item of items)
      for (const watcher of subscription.watchers) this.#guard(() => watcher.item(item));
    if (lagged === 0) return;
    this.#lagged += lagged;
    this.#ready(subscription);
  }

  #refused({ channel, filter, watchers }: Subscription, reason: string): void {
    this.#options.warn(`the house refuses to tell of ${channel} ${filter ?? ''}: ${reason}`);
    for (const watcher of watchers) this.#guard(() => watcher.refused?.(reason));
  }

  #change(state: LinkState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) this.#guard(() => listener(state));
  }

  /** One node that fails does not take the others their news. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#options.warn(messageOf(error));
    }
  }
}
