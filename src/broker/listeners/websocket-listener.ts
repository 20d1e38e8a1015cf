// MQTT over WebSocket: a server of its own, and upgrades that another HTTP server hands over.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { type GateOptions, type GateRequest, refusalOf } from '../../base/index.ts';
import type { Endpoint } from '../options.ts';
import { type BoundAddress, listen } from './listen.ts';

export interface WebSocketListenerOptions {
  readonly gate: GateOptions;
  readonly connections: number;
  readonly packetBytes: number;
  readonly mayEnter: (isLocal: boolean) => boolean;
  readonly onConnection: (stream: Duplex, address: string, request: IncomingMessage) => void;
  readonly onRefused: (address: string, reason: string) => void;
  readonly onFull: () => void;
}

const mqttPath = '/mqtt';
const subprotocol = 'mqtt';
const notBinary = 1003;

interface Refusal {
  readonly status: number;
  readonly message: string;
}

const statusTexts: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
};

function gateRequest(request: IncomingMessage): GateRequest {
  const { headers } = request;
  const isForwarded = Object.keys(headers).some((n) => n === 'forwarded' || n.startsWith('x-forwarded-'));
  return {
    method: request.method ?? 'GET',
    host: headers.host,
    origin: headers.origin,
    isForwarded,
    remoteAddress: request.socket.remoteAddress ?? 'unknown',
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

export class WebSocketListener {
  readonly #options: WebSocketListenerOptions;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;

  constructor(options: WebSocketListenerOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.packetBytes,
      handleProtocols: () => subprotocol,
    });
    this.#server = createServer((_request, response) => {
      response.writeHead(426, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end(`this port speaks MQTT over WebSocket at ${mqttPath}\n`);
    });
    this.#server.on('upgrade', (request, socket, head) => this.#onUpgrade(request, socket, head));
    this.#server.on('clientError', (_error, socket) => socket.destroy());
    this.#server.maxConnections = options.connections;
    this.#server.on('drop', options.onFull);
  }

  open(endpoint: Endpoint): Promise<BoundAddress> {
    return listen(this.#server, endpoint, { name: 'MQTT over WebSocket', flag: '--ws-port' });
  }

  /** Takes no more connections; the open ones stay. */
  close(): void {
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  /** The caller has asked the gate. Checks path and subprotocol and answers what it refuses. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fault = upgradeFault(request);
    if (fault !== undefined) {
      this.#options.onRefused(request.socket.remoteAddress ?? '', fault.message);
      answer(socket, fault);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#onOpen(webSocket, request));
  }

  #onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const asked = gateRequest(request);
    const refusal = refusalOf(asked, this.#options.gate);
    // What passed a proxy is refused still: nobody can tell whether it is this machine's own.
    const isForeign = refusal?.code === 'not-loopback' && !asked.isForwarded;
    if (refusal === undefined || (isForeign && this.#options.mayEnter(false))) {
      this.upgrade(request, socket, head);
      return;
    }
    this.#options.onRefused(request.socket.remoteAddress ?? '', refusal.message);
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
    this.#options.onConnection(stream, request.socket.remoteAddress ?? '', request);
  }
}
