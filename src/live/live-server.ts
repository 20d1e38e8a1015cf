// Live updates over WebSocket, /api/v1/live. The gate of `http` has let the upgrade through before it comes here.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Api, Credentials, HouseDoor } from '../api/index.ts';
import type { Clock, Logger, Part, Undo } from '../base/index.ts';
import type { LiveCounters } from './counters.ts';
import { liveLimits } from './limits.ts';
import { LiveSocket } from './live-socket.ts';

export interface LiveServerOptions {
  readonly door: HouseDoor;
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
}

/** What the HTTP listener hands over. */
export interface LiveUpgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly credentials: Credentials;
}

const closed = 'Connection: close\r\nContent-Length: 0\r\n\r\n';
const loginNeeded = `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\n${closed}`;
const full = `HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n${closed}`;

export class LiveServer implements Part {
  readonly #options: LiveServerOptions;
  readonly #sockets = new Map<WebSocket, LiveSocket>();
  readonly #counters: LiveCounters = { lagged: 0, eventsDropped: 0, closedSlow: 0, refused: 0 };
  readonly #upgrades: WebSocketServer;
  #stopPings: Undo | undefined;
  #isOpen = false;

  constructor(options: LiveServerOptions) {
    this.#options = options;
    this.#upgrades = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: liveLimits.requestBytes,
      perMessageDeflate: false,
    });
  }

  counters(): Readonly<LiveCounters> & { readonly sockets: number } {
    return { ...this.#counters, sockets: this.#sockets.size };
  }

  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#isOpen = true;
    this.#armPings();
  }

  async stop(): Promise<void> {
    this.#isOpen = false;
    this.#stopPings?.();
    const closed = [...this.#sockets].map(([socket, live]) => this.#close(socket, live));
    await Promise.all(closed);
  }

  /** Refuses with 503 when there are too many sockets, or before start and after stop; with 401 who may not look on. */
  handleUpgrade({ request, socket, head, credentials }: LiveUpgrade): void {
    const { entry } = this.#options.door;
    if (!this.#isOpen || this.#sockets.size >= liveLimits.sockets) {
      this.#counters.refused++;
      socket.end(full, () => socket.destroy());
      return;
    }
    if (!entry.isCurrent(credentials)) {
      socket.end(loginNeeded, () => socket.destroy());
      return;
    }
    const api = this.#options.door.as(entry.identify(credentials));
    this.#upgrades.handleUpgrade(request, socket, head, (webSocket) =>
      this.#adopt(webSocket, { api, credentials }),
    );
  }

  #adopt(
    socket: WebSocket,
    { api, credentials }: { readonly api: Api; readonly credentials: Credentials },
  ): void {
    const { door, clock, log, version } = this.#options;
    const mayStay = (): boolean => door.entry.isCurrent(credentials);
    const live = new LiveSocket({ socket, api, mayStay, clock, log, counters: this.#counters });
    this.#sockets.set(socket, live);
    socket.once('close', () => this.#sockets.delete(socket));
    live.answer({ op: 'hello', version });
  }

  #armPings(): void {
    this.#stopPings = this.#options.clock.after(liveLimits.pingEveryMs, () => {
      for (const live of this.#sockets.values()) live.ping();
      this.#armPings();
    });
  }

  #close(socket: WebSocket, live: LiveSocket): Promise<void> {
    return new Promise((resolve) => {
      const undo = this.#options.clock.after(liveLimits.closeWithinMs, () => live.terminate());
      socket.once('close', () => {
        undo();
        resolve();
      });
      live.close();
    });
  }
}
