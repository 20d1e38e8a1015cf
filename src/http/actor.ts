// Who asks. Until there are users, this machine's own loopback and the unix socket act as the owner; the gate has
// already refused everybody else.
import type { Actor } from '../api/index.ts';

/** The door that a request came through. */
export type Entrance = 'network' | 'socket';

export function actorOf(entrance: Entrance): Actor {
  return { name: entrance === 'socket' ? 'socket' : 'owner', role: 'owner' };
}
