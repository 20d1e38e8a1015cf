// Sockets between being accepted and being an MQTT stream: PROXY header, TLS handshake and WebSocket upgrade together
// get one bounded time.
import type { Socket } from 'node:net';
import type { Clock, Undo } from '../../base/index.ts';

export class Anteroom {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #onTimeout: () => void;
  readonly #waiting = new Map<Socket, Undo>();

  constructor(clock: Clock, ms: number, onTimeout: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#onTimeout = onTimeout;
  }

  enter(socket: Socket): void {
    const undo = this.#clock.after(this.#ms, () => {
      this.#onTimeout();
      socket.destroy();
    });
    this.#waiting.set(socket, undo);
    socket.once('close', () => this.leave(socket));
  }

  /** It is an MQTT stream now, or gone. */
  leave(socket: Socket): void {
    this.#waiting.get(socket)?.();
    this.#waiting.delete(socket);
  }

  /** Cuts whoever waits. */
  clear(): void {
    for (const socket of [...this.#waiting.keys()]) socket.destroy();
  }
}
