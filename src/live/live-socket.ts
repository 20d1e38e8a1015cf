// One live connection: its subscriptions, its answers to bad requests, and the watch over whether it reads.
import type { RawData, WebSocket } from 'ws';
import type { Api, LiveEvent, LiveRequest } from '../api/index.ts';
import { type Clock, HomeruleError, type Logger, type Undo } from '../base/index.ts';
import { watchChannel } from './channels.ts';
import type { LiveCounters } from './counters.ts';
import { liveError } from './errors.ts';
import { liveLimits } from './limits.ts';
import { parseRequest } from './requests.ts';
import { type Outlet, Subscription } from './subscription.ts';

/** Of the codes that are ours to choose; 4401 as in HTTP. */
const loggedOut = 4401;

export interface LiveSocketOptions {
  readonly socket: WebSocket;
  readonly api: Api;
  /** Whether who opened it may still look on; asked at every ping. */
  readonly mayStay: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly counters: LiveCounters;
}

export class LiveSocket implements Outlet {
  readonly #options: LiveSocketOptions;
  readonly #subscriptions = new Map<string, Undo>();
  #forgetSlow: Undo | undefined;
  #isAlive = true;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    const { socket, log } = options;
    socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary));
    socket.on('pong', () => {
      this.#isAlive = true;
    });
    socket.on('error', (error) => log.debug({ error }, 'a live socket failed'));
    socket.on('close', () => this.#release());
  }

  isSlow(): boolean {
    const isSlow = this.#isFull();
    if (!isSlow) this.#clearSlow();
    else this.#forgetSlow ??= this.#options.clock.after(liveLimits.slowForMs, () => this.#judgeSlow());
    return isSlow;
  }

  send(text: string): void {
    this.#options.socket.send(text);
  }

  countLagged(items: number, wantsEvery: boolean): void {
    this.#options.counters.lagged += items;
    if (wantsEvery) this.#options.counters.eventsDropped += items;
  }

  answer(event: LiveEvent): void {
    if (this.#options.socket.bufferedAmount > liveLimits.answeredBytes) this.#cutOff();
    else this.send(JSON.stringify(event));
  }

  /** Called at even intervals: who did not answer the last ping is gone. */
  ping(): void {
    if (!this.#options.mayStay()) {
      this.#options.socket.close(loggedOut, 'logged out');
      return;
    }
    if (!this.#isAlive) {
      this.#cutOff();
      return;
    }
    this.#isAlive = false;
    this.#options.socket.ping();
  }

  close(): void {
    this.#options.socket.close(1001, 'the house stops');
  }

  terminate(): void {
    this.#options.socket.terminate();
  }

  #isFull(): boolean {
    return this.#options.socket.bufferedAmount > liveLimits.bufferedBytes;
  }

  #judgeSlow(): void {
    this.#forgetSlow = undefined;
    if (this.#isFull()) this.#cutOff();
  }

  #clearSlow(): void {
    this.#forgetSlow?.();
    this.#forgetSlow = undefined;
  }

  #cutOff(): void {
    this.#options.counters.closedSlow++;
    this.terminate();
  }

  #release(): void {
    this.#clearSlow();
    for (const undo of this.#subscriptions.values()) undo();
    this.#subscriptions.clear();
  }

  /** Frames that had arrived when the socket was closed still come; nothing they ask for would ever be released. */
  #onMessage(data: RawData, isBinary: boolean): void {
    const { socket } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    let id: string | undefined;
    try {
      if (isBinary) throw liveError('bad-request', 'a request is a text frame that holds JSON');
      const request = parseRequest(data.toString());
      id = request.id;
      if (request.op === 'sub') this.#subscribe(request);
      else this.#unsubscribe(request.id);
    } catch (error) {
      this.#answerError(error, id);
    }
  }

  #subscribe(request: LiveRequest & { readonly op: 'sub' }): void {
    const { id, every = false } = request;
    if (this.#subscriptions.has(id)) {
      throw liveError('subscription-exists', `there is a subscription "${id}" on this connection`);
    }
    if (this.#subscriptions.size >= liveLimits.subscriptionsPerSocket) {
      const most = liveLimits.subscriptionsPerSocket;
      throw liveError('too-many-subscriptions', `a connection has at most ${most} subscriptions`);
    }
    const { api, clock } = this.#options;
    const subscription = new Subscription({ id, clock, outlet: this, every });
    const unwatch = watchChannel(api, request, (key, item) => subscription.push(key, item));
    this.#subscriptions.set(id, () => {
      unwatch();
      subscription.close();
    });
    this.answer({ op: 'subscribed', id });
  }

  #unsubscribe(id: string): void {
    const undo = this.#subscriptions.get(id);
    if (undo === undefined) throw liveError('subscription-missing', `there is no subscription "${id}"`);
    this.#subscriptions.delete(id);
    undo();
  }

  #answerError(error: unknown, id: string | undefined): void {
    if (!(error instanceof HomeruleError) || error.kind === 'bug') {
      this.#options.log.error({ error }, 'a live request met a bug');
      this.answer({ op: 'error', ...idOf(id), code: 'internal', message: 'something went wrong inside' });
      return;
    }
    const { code, message, details } = error;
    const known = id ?? (typeof details['id'] === 'string' ? details['id'] : undefined);
    this.answer({ op: 'error', ...idOf(known), code, message });
  }
}

function idOf(id: string | undefined): { readonly id?: string } {
  return id === undefined ? {} : { id };
}
