// One WebSocket for all live updates: reconnects with growing pauses and subscribes again to all that was wanted.
import type { LiveChannel, LiveEvent, LiveItems, LiveRequest } from '../api/types.ts';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

/** What is used of a WebSocket. */
export interface LiveSocket {
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface LiveClientOptions {
  readonly url: string;
  readonly open?: (url: string) => LiveSocket;
  /** Calls back after so many milliseconds; returns the undo. */
  readonly after?: (ms: number, call: () => void) => () => void;
  /** 0 to 1, for spreading reconnections. */
  readonly random?: () => number;
}

export interface LiveListener<Channel extends LiveChannel> {
  items(items: readonly LiveItems[Channel][]): void;
  /** Something may have been missed: the connection is new, or this page was too slow. Read it all again. */
  gap?(): void;
}

interface Subscription {
  readonly request: Extract<LiveRequest, { op: 'sub' }>;
  readonly listener: LiveListener<LiveChannel>;
}

const firstPauseMs = 400;
const longestPauseMs = 15_000;

function windowTimer(ms: number, call: () => void): () => void {
  const timer = globalThis.setTimeout(call, ms);
  return () => globalThis.clearTimeout(timer);
}

export class LiveClient {
  readonly #options: Required<LiveClientOptions>;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #watchers = new Set<() => void>();
  #socket: LiveSocket | undefined;
  #state: LiveState = 'connecting';
  #cancelPause: (() => void) | undefined;
  #attempts = 0;
  #count = 0;
  #running = false;

  constructor(options: LiveClientOptions) {
    this.#options = {
      open: (url) => new WebSocket(url),
      after: windowTimer,
      random: Math.random,
      ...options,
    };
  }

  get state(): LiveState {
    return this.#state;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#cancelPause?.();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** Does not wait for the rest of a pause; for when the network or the page came back. */
  hurry(): void {
    if (!this.#running || this.#socket) return;
    this.#cancelPause?.();
    this.#connect();
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  subscribe<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: LiveListener<Channel>,
  ): () => void {
    this.#count += 1;
    const id = `s${this.#count}`;
    const request = { op: 'sub', id, channel, ...(filter === undefined ? {} : { filter }) } as const;
    // The server answers with items of the subscribed channel only.
    this.#subscriptions.set(id, { request, listener: listener as LiveListener<LiveChannel> });
    if (this.#state === 'live') this.#send(request);
    return () => {
      if (this.#subscriptions.delete(id) && this.#state === 'live') this.#send({ op: 'unsub', id });
    };
  }

  #connect(): void {
    const socket = this.#options.open(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => {
      if (this.#socket === socket) this.#opened();
    };
    socket.onmessage = (event) => {
      if (this.#socket === socket) this.#receive(String(event.data));
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#closed();
    };
  }

  #opened(): void {
    this.#attempts = 0;
    this.#become('live');
    for (const { request } of this.#subscriptions.values()) this.#send(request);
    for (const { listener } of this.#subscriptions.values()) listener.gap?.();
  }

  #closed(): void {
    this.#socket = undefined;
    if (!this.#running) return;
    this.#become('reconnecting');
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#attempts);
    this.#attempts += 1;
    const spread = pause * (0.75 + this.#options.random() / 2);
    this.#cancelPause = this.#options.after(spread, () => this.#connect());
  }

  #receive(text: string): void {
    const event = JSON.parse(text) as LiveEvent;
    if (event.op !== 'items') return;
    const listener = this.#subscriptions.get(event.id)?.listener;
    listener?.items(event.items);
    if (event.lagged !== undefined && event.lagged > 0) listener?.gap?.();
  }

  #send(request: LiveRequest): void {
    this.#socket?.send(JSON.stringify(request));
  }

  #become(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}
