// One door: accepts sockets on a port or path, learns where they come from, through a trusted proxy if need be, and
// hands over those that may come in. Knows nothing of what is spoken over them.
import { Buffer } from 'node:buffer';
import { createServer, type Server, type Socket } from 'node:net';
import { isLoopback } from '../../base/index.ts';
import type { Endpoint } from '../options.ts';
import type { Anteroom } from './anteroom.ts';
import type { Transport, Visitor } from './arrival.ts';
import { type BoundAddress, type ListenerName, listen, listenOnPath } from './listen.ts';
import { type ProxyHeader, parseProxyHeader } from './proxy-header.ts';
import type { TrustedPeers } from './trusted-peers.ts';

export interface SocketListenerOptions {
  readonly transport: Transport;
  readonly connections: number;
  readonly trusted: TrustedPeers;
  readonly anteroom: Anteroom;
  /** Why this visitor may not come in, if it may not. Whoever refuses tells. */
  readonly admits: (visitor: Visitor) => boolean;
  readonly onVisitor: (visitor: Visitor) => void;
  readonly onBadProxy: (address: string) => void;
  readonly onFull: () => void;
}

/** Calls back with the header, or with nothing when there is none; what came behind it is put back. */
function readProxyHeader(socket: Socket, done: (header: ProxyHeader | undefined) => void): void {
  let read = Buffer.alloc(0);
  const look = (): void => {
    for (let part: unknown = socket.read(); Buffer.isBuffer(part); part = socket.read()) {
      read = Buffer.concat([read, part]);
    }
    const found = parseProxyHeader(read);
    if (found === 'incomplete') return;
    socket.off('readable', look);
    if (found === 'wrong') {
      done(undefined);
      return;
    }
    if (read.length > found.bytes) socket.unshift(read.subarray(found.bytes));
    done(found);
  };
  socket.on('readable', look);
}

export class SocketListener {
  readonly #options: SocketListenerOptions;
  readonly #server: Server;

  constructor(options: SocketListenerOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => this.#onSocket(socket));
    this.#server.maxConnections = options.connections;
    this.#server.on('drop', options.onFull);
  }

  get isOpen(): boolean {
    return this.#server.listening;
  }

  open(endpoint: Endpoint, name: ListenerName): Promise<BoundAddress> {
    return listen(this.#server, endpoint, name);
  }

  openPath(path: string): Promise<void> {
    return listenOnPath(this.#server, path);
  }

  /** Takes no more connections; the open ones stay. */
  close(): void {
    this.#server.close();
  }

  #onSocket(socket: Socket): void {
    const { transport, anteroom, trusted, onBadProxy } = this.#options;
    socket.on('error', () => socket.destroy());
    anteroom.enter(socket);
    if (transport === 'unix') {
      this.#admit({ address: '', isLocal: true, transport, socket });
      return;
    }
    const address = socket.remoteAddress;
    // An address is missing when the peer has gone again already.
    if (address === undefined) socket.destroy();
    else if (!trusted.has(address)) {
      this.#admit({ address, isLocal: isLoopback(address), transport, socket });
    } else {
      readProxyHeader(socket, (header) => {
        if (header !== undefined) {
          this.#admit({ address: header.source ?? address, isLocal: false, transport, socket });
          return;
        }
        onBadProxy(address);
        socket.destroy();
      });
    }
  }

  #admit(visitor: Visitor): void {
    if (this.#options.admits(visitor)) this.#options.onVisitor(visitor);
    else visitor.socket.destroy();
  }
}
