// MQTT in WebSockets, plain or with TLS, for browsers and mini-programs, which know the cloud by the path `/wss`.
import { createServer as createPlain, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { closeServer, listen } from '../listen.ts';
import type { StreamDoorOptions } from '../stream-door.ts';

const path = '/wss';

export interface WebSocketDoorOptions extends StreamDoorOptions {
  /** Longest message; a frame may hold a bit more. */
  readonly payloadBytes: number;
}

export class WebSocketDoor {
  readonly #options: WebSocketDoorOptions;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;

  constructor(options: WebSocketDoorOptions) {
    this.#options = options;
    this.#server = options.tls === undefined ? createPlain() : createSecure(options.tls);
    this.#server.maxConnections = options.connections;
    this.#server.on('request', (_request, response) => {
      response.writeHead(426, { 'content-type': 'text/plain' }).end(`this is a WebSocket, path ${path}\n`);
    });
    this.#sockets = new WebSocketServer({
      server: this.#server,
      path,
      maxPayload: 2 * options.payloadBytes,
      handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : false),
    });
    this.#sockets.on('connection', (socket: WebSocket) => {
      // What comes of an error is `close`, which the stream tells.
      socket.on('error', () => socket.terminate());
      options.onStream(createWebSocketStream(socket));
    });
    // The server's own errors are heard where it listens.
    this.#sockets.on('error', () => undefined);
  }

  async open(): Promise<number> {
    return listen(this.#server, this.#options);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    await closeServer(this.#server);
  }
}
