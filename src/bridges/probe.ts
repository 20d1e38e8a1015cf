// Whether something listens at an address: a TCP connection that is closed as soon as it stands.
import { connect } from 'node:net';
import type { Undo } from '../base/index.ts';
import { parseAddress } from './address.ts';

export function probe(address: string, usualPort: number, done: (isThere: boolean) => void): Undo {
  const { host, port } = parseAddress(address) ?? { host: address, port: undefined };
  const socket = connect({ host, port: port ?? usualPort });
  let isOver = false;
  const end = (isThere: boolean): void => {
    socket.destroy();
    if (isOver) return;
    isOver = true;
    done(isThere);
  };
  socket.once('connect', () => end(true));
  socket.once('error', () => end(false));
  return () => {
    isOver = true;
    socket.destroy();
  };
}
