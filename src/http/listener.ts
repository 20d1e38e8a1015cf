// One door of the house: a Node HTTP server with its limits, the gate before everything, and upgrades by path.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ListenOptions, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Clock, createServer, type GateOptions, type Logger, messageOf } from '../base/index.ts';
import { credentialsOf, type Entrance } from './actor.ts';
import { gateRefusal } from './gate.ts';
import { type Mount, mountOf, type Upgrade, type UpgradeHandler } from './mount.ts';
import { problemDocument, problemOf, problemType } from './problem.ts';
import { asHomeruleError } from './problem-handler.ts';
import { answerRaw, type RawProblem } from './raw-answer.ts';
import { securityHeaders } from './security-headers.ts';

export interface ListenerOptions {
  readonly entrance: Entrance;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrades: Readonly<Record<string, UpgradeHandler>>;
  readonly mounts: readonly Mount[];
  readonly gate: GateOptions;
  readonly clock: Clock;
  readonly log: Logger;
}

const maxSockets = 512;
/** How long answers under way may take once the door closes. */
const graceMs = 1000;

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
  // The gate says it, with the same answer as for a wrong one.
  requireHostHeader: false,
  // Node from 24.9 on; others see an offer of h2c as an upgrade that nobody takes.
  shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
} as const;

const parserProblems: ReadonlyMap<string, RawProblem> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, code: 'headers-too-large', message: 'the headers are larger than 16 KB' },
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    { status: 408, code: 'request-timeout', message: 'the request took too long' },
  ],
]);

const badRequest: RawProblem = { status: 400, code: 'bad-request', message: 'this is not an HTTP request' };

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

export class Listener {
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #turnedAway = new WeakSet<Duplex>();

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#server = createServer(limits, (request, response) => this.#onRequest(request, response));
    this.#server.maxConnections = maxSockets;
    this.#server.on('connection', (socket) => this.#onConnection(socket));
    this.#server.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
    this.#server.on('clientError', (error, socket) => this.#onClientError(error, socket));
  }

  /** The port that was taken; undefined on the unix socket and when it is not open. */
  get port(): number | undefined {
    const address = this.#server.address();
    return address !== null && typeof address === 'object' ? address.port : undefined;
  }

  open(where: ListenOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(where, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.#options.log.error({ error }, 'the HTTP listener failed'));
        resolve();
      });
    });
  }

  /** Lets answers under way end, then closes every socket, upgraded ones included. */
  close(): Promise<void> {
    if (!this.#server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      const undo = this.#options.clock.after(graceMs, () => {
        for (const socket of this.#sockets) socket.destroy();
      });
      this.#server.close(() => {
        undo();
        resolve();
      });
      this.#server.closeIdleConnections();
    });
  }

  #onConnection(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #refusalOf(request: IncomingMessage): RawProblem | undefined {
    const { entrance, gate, mounts } = this.#options;
    const takesAnyBody = mountOf(mounts, pathOf(request))?.takesAnyBody(request) === true;
    const refusal = gateRefusal(request, { entrance, takesAnyBody }, gate);
    if (refusal !== undefined) {
      this.#options.log.debug({ ...refusal, method: request.method }, 'the gate refused a request');
      return refusal;
    }
    return request.url?.startsWith('/') ? undefined : badRequest;
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.#refusalOf(request);
    if (refusal === undefined) {
      this.#options.handle(request, response);
      return;
    }
    const headers = { 'Content-Type': problemType, 'Cache-Control': 'no-store' };
    response.writeHead(refusal.status, { ...securityHeaders, ...headers });
    response.end(JSON.stringify(problemDocument(refusal.status, refusal.code, refusal.message)));
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', (error) => this.#options.log.debug({ error }, 'an upgraded socket failed'));
    const path = pathOf(request);
    const { upgrades, mounts, entrance } = this.#options;
    const refusal = this.#refusalOf(request);
    const upgrade = Object.hasOwn(upgrades, path) ? upgrades[path] : mountOf(mounts, path)?.upgrade;
    if (refusal !== undefined) this.#turnAway(socket, refusal);
    else if (upgrade === undefined) {
      const message = `nothing at ${path.slice(0, 200)} can be upgraded to`;
      this.#turnAway(socket, { status: 404, code: 'path-missing', message });
    } else this.#handOver(upgrade, { request, socket, head, credentials: credentialsOf(entrance, request) });
  }

  #handOver(handler: UpgradeHandler, upgrade: Upgrade): void {
    try {
      handler(upgrade);
    } catch (error) {
      const { status, code, detail } = problemOf(asHomeruleError(error), 'the debug log');
      this.#options.log.debug({ error: messageOf(error) }, 'an upgrade was refused');
      this.#turnAway(upgrade.socket, { status, code, message: detail });
    }
  }

  /** Nothing is written after an answer has begun: it would be read as part of it. */
  #onClientError(
    error: Error & { readonly code?: string },
    socket: Duplex & { bytesWritten?: number },
  ): void {
    if (this.#turnedAway.has(socket)) return;
    if (!socket.writable || (socket.bytesWritten ?? 0) > 0) socket.destroy();
    else this.#turnAway(socket, parserProblems.get(error.code ?? '') ?? badRequest);
  }

  /** What the peer still sends is read and dropped for a while: closing at once would take the answer from it. */
  #turnAway(socket: Duplex, problem: RawProblem): void {
    this.#turnedAway.add(socket);
    const undo = this.#options.clock.after(graceMs, () => socket.destroy());
    socket.once('close', undo);
    answerRaw(socket, problem);
    socket.resume();
  }
}
