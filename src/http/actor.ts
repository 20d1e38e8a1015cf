// What a request brings along to say who asks: the door it came through, its cookie, its token. The use cases judge.
import type { IncomingMessage } from 'node:http';
import type { Credentials } from '../api/index.ts';
import { isForwarded, isLoopback } from '../base/index.ts';
import { sessionSecret } from './session-cookie.ts';

/** The door that a request came through. */
export type Entrance = 'network' | 'socket';

function bearerOf({ headers }: IncomingMessage): string | undefined {
  const [, token] = /^Bearer +([^\s]+) *$/i.exec(headers.authorization ?? '') ?? [];
  return token;
}

export function credentialsOf(entrance: Entrance, request: IncomingMessage): Credentials {
  const address = entrance === 'socket' ? '' : (request.socket.remoteAddress ?? 'gone');
  const bearer = bearerOf(request);
  const secret = sessionSecret(request.headers.cookie);
  const browser = request.headers['user-agent'];
  return {
    isSocket: entrance === 'socket',
    isLocal: isLoopback(address) && !isForwarded(request.headers),
    address,
    ...(browser !== undefined && { browser }),
    ...(bearer !== undefined && { bearer }),
    ...(secret !== undefined && { secret }),
  };
}
