// Who asks. Until there are users, this machine's own loopback and the unix socket act as the owner; the gate has
// already refused everybody else.
import type { IncomingMessage } from 'node:http';
import { type Actor, owner } from '../api/index.ts';

/** The door that a request came through. */
export type Entrance = 'network' | 'socket';

export function actorOf(entrance: Entrance, { socket }: IncomingMessage): Actor {
  return entrance === 'socket' ? owner('socket') : owner('owner', socket.remoteAddress ?? '');
}
