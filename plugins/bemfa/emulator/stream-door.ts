// A door for streams of bytes, plain or with TLS: counts who is inside and shuts behind the last.
import { createServer as createPlain, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createSecure } from 'node:tls';
import { closeServer, listen, type Place } from './listen.ts';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

export interface StreamDoorOptions extends Place {
  readonly tls?: TlsFiles;
  /** More than so many are turned away. */
  readonly connections: number;
  readonly onStream: (stream: Duplex) => void;
}

export class StreamDoor {
  readonly #options: StreamDoorOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(options: StreamDoorOptions) {
    this.#options = options;
    const { tls } = options;
    const enter = (socket: Socket): void => this.#enter(socket);
    this.#server = tls === undefined ? createPlain(enter) : createSecure(tls, enter);
    // A peer that does not trust our certificate is no error of ours.
    this.#server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());
    this.#server.maxConnections = options.connections;
  }

  async open(): Promise<number> {
    return listen(this.#server, this.#options);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await closeServer(this.#server);
  }

  #enter(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#options.onStream(socket);
  }
}
