// WebSockets of Node-RED: handed through byte by byte, and cut when who opened one may no longer have it.
import { connect } from 'node:net';
import type { Transform } from 'node:stream';
import type { Clock, Undo } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { Upgrade } from './exchange.ts';
import { type Onward, towardsNodeRed } from './headers.ts';

export interface SocketOptions extends Onward {
  /** Asked every second. */
  readonly mayStay: () => boolean;
  /** Through which goes what the other end says; it passes on what may be said. */
  readonly guard?: Transform;
}

const most = 200;
const lookEveryMs = 1000;

function headOf({ request }: Upgrade, onward: Onward): string {
  const headers = { ...towardsNodeRed(request.headers, onward), connection: 'Upgrade', upgrade: 'websocket' };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  );
  return [`GET ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

export class ProxiedSockets {
  readonly #socketPath: string;
  readonly #clock: Clock;
  /** What ends each, with whether it may stay. */
  readonly #open = new Map<() => void, () => boolean>();
  #undoLook: Undo | undefined;

  constructor(socketPath: string, clock: Clock) {
    this.#socketPath = socketPath;
    this.#clock = clock;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Throws `flows-busy`. */
  open(upgrade: Upgrade, { mayStay, guard, ...onward }: SocketOptions): void {
    if (this.#open.size >= most) throw fail('flows-busy', `${most} sockets are open already`);
    const { socket, head } = upgrade;
    const nodeRed = connect(this.#socketPath);
    const end = (): void => {
      this.#open.delete(end);
      socket.destroy();
      nodeRed.destroy();
    };
    nodeRed.write(headOf(upgrade, onward));
    const inward = guard ?? nodeRed;
    inward.write(head);
    for (const side of [socket, inward, nodeRed]) side.once('close', end).on('error', end);
    socket.pipe(inward);
    if (guard !== undefined) guard.pipe(nodeRed);
    nodeRed.pipe(socket);
    this.#open.set(end, mayStay);
    this.#look();
  }

  /** While any is open. */
  #look(): void {
    if (this.#undoLook !== undefined || this.#open.size === 0) return;
    this.#undoLook = this.#clock.after(lookEveryMs, () => {
      this.#undoLook = undefined;
      for (const [end, mayStay] of this.#open) if (!mayStay()) end();
      this.#look();
    });
  }
}
