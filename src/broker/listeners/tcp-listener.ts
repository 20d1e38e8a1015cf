// MQTT over TCP. Until somebody has a name and a password only this machine may connect.
import { createServer, type Server, type Socket } from 'node:net';
import { isLoopback } from '../../base/index.ts';
import type { Endpoint } from '../options.ts';
import { type BoundAddress, listen } from './listen.ts';

export interface TcpListenerOptions {
  readonly connections: number;
  readonly mayEnter: (isLocal: boolean) => boolean;
  readonly onConnection: (socket: Socket, address: string) => void;
  readonly onForeign: (address: string) => void;
  readonly onFull: () => void;
}

export class TcpListener {
  readonly #server: Server;

  constructor(options: TcpListenerOptions) {
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
      const address = socket.remoteAddress;
      // An address is missing when the peer has gone again already.
      if (address === undefined) socket.destroy();
      else if (options.mayEnter(isLoopback(address))) options.onConnection(socket, address);
      else {
        options.onForeign(address);
        socket.destroy();
      }
    });
    this.#server.maxConnections = options.connections;
    this.#server.on('drop', options.onFull);
  }

  open(endpoint: Endpoint): Promise<BoundAddress> {
    return listen(this.#server, endpoint, { name: 'MQTT', flag: '--mqtt-port' });
  }

  /** Takes no more connections; the open ones stay. */
  close(): void {
    this.#server.close();
  }
}
