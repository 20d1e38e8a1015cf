// MQTT over WebSocket, on sockets that are accepted already and in upgrades that another HTTP server hands over.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import {
  createServer,
  type GateOptions,
  type GateRequest,
  isForwarded,
  isLoopback,
  refusalOf,
} from '../../base/index.ts';
import type { Visitor } from './arrival.ts';

export interface WebSocketStageOptions {
  readonly gate: GateOptions;
  readonly packetBytes: number;
  readonly mayEnter: (isLocal: boolean) => boolean;
  /** `visitor` is missing when another HTTP server handed the upgrade over. */
  readonly onConnection: (stream: Duplex, request: IncomingMessage, visitor: Visitor | undefined) => void;
  readonly onRefused: (address: string, reason: string) => void;
}

const mqttPath = '/mqtt';
const subprotocol = 'mqtt';
const notBinary = 1003;
const maxHeaderSize = 16_384;

interface Refusal {
  readonly status: number;
  readonly message: string;
}

const foreign: Refusal = { status: 403, message: 'clients of other machines may come once there are users' };

const statusTexts: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
};

function gateRequest(request: IncomingMessage, visitor: Visitor): GateRequest {
  const { headers } = request;
  return {
    method: request.method ?? 'GET',
    host: headers.host,
    origin: headers.origin,
    isForwarded: isForwarded(request.headers),
    remoteAddress: visitor.isLocal ? visitor.address : 'elsewhere',
    contentType: headers['content-type'],
    hasBody: false,
  };
}

/** Path and subprotocol [MQTT-6.0.0-3]; who may call is the gate's matter. */
function upgradeFault(request: IncomingMessage): Refusal | undefined {
  if (request.url?.split('?')[0] !== mqttPath) return { status: 404, message: `MQTT is at ${mqttPath}` };
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((text) => text.trim());
  return offered.includes(subprotocol)
    ? undefined
    : { status: 400, message: `the WebSocket subprotocol must be "${subprotocol}"` };
}

function answer(socket: Duplex, refusal: Refusal): void {
  const body = `${refusal.message}\n`;
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${refusal.status} ${statusTexts[refusal.status] ?? 'Refused'}\r\n` +
      'Content-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

export class WebSocketStage {
  readonly #options: WebSocketStageOptions;
  /** Listens nowhere: it is given sockets that are accepted already. */
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #visitors = new WeakMap<Duplex, Visitor>();

  constructor(options: WebSocketStageOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.packetBytes,
      handleProtocols: () => subprotocol,
    });
    this.#server = createServer({ maxHeaderSize }, (_request, response) => {
      response.writeHead(426, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end(`this port speaks MQTT over WebSocket at ${mqttPath}\n`);
    });
    this.#server.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  accept(stream: Duplex, visitor: Visitor): void {
    this.#visitors.set(stream, visitor);
    this.#server.emit('connection', stream);
  }

  /** From another HTTP server, which has asked the gate for all but whether the peer is this machine itself. */
  handOver(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    const isLocal = address === '' || isLoopback(address);
    if (!isForwarded(request.headers) && (isLocal || this.#options.mayEnter(false))) {
      this.#upgrade(request, socket, head);
      return;
    }
    this.#options.onRefused(address, foreign.message);
    answer(socket, foreign);
  }

  /** Checks path and subprotocol and answers what it refuses. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fault = upgradeFault(request);
    if (fault === undefined) {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#onOpen(webSocket, request));
      return;
    }
    this.#options.onRefused(this.#addressOf(request), fault.message);
    answer(socket, fault);
  }

  #addressOf(request: IncomingMessage): string {
    return this.#visitors.get(request.socket)?.address ?? request.socket.remoteAddress ?? '';
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const visitor = this.#visitors.get(request.socket);
    if (visitor === undefined) {
      socket.destroy();
      return;
    }
    const asked = gateRequest(request, visitor);
    const refusal = refusalOf(asked, this.#options.gate);
    // What passed a proxy is refused still: nobody can tell whether it is this machine's own.
    const isForeign = refusal?.code === 'not-loopback' && !asked.isForwarded;
    const mayEnter = (): boolean => visitor.certifiedName !== undefined || this.#options.mayEnter(false);
    if (refusal === undefined || (isForeign && mayEnter())) {
      this.#upgrade(request, socket, head);
      return;
    }
    this.#options.onRefused(visitor.address, refusal.message);
    answer(socket, refusal);
  }

  #onOpen(webSocket: WebSocket, request: IncomingMessage): void {
    request.socket.setNoDelay(true);
    const stream = createWebSocketStream(webSocket);
    // MQTT comes in binary frames only [MQTT-6.0.0-1].
    webSocket.on('message', (_data, isBinary) => {
      if (isBinary) return;
      webSocket.close(notBinary);
      stream.destroy();
    });
    this.#options.onConnection(stream, request, this.#visitors.get(request.socket));
  }
}
