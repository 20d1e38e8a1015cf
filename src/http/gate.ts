// Brings a Node request before the one gate of `base`. Runs before routing, for requests and upgrades alike.
import type { IncomingMessage } from 'node:http';
import { type GateOptions, type GateRefusal, isForwarded, refusalOf } from '../base/index.ts';
import type { Entrance } from './actor.ts';
import { hookPath } from './hooks.ts';

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Node keeps the first of several Host headers; a request that has two means to be read in two ways. */
function hasTwoHosts(request: IncomingMessage): boolean {
  return request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1;
}

/**
 * Undefined when the request may go on. Who is no neighbour is let through here: the use cases know who may come in.
 * The door decides what the unix socket is, never a missing address: the
 * address of a TCP peer that has already gone is missing too.
 */
export function gateRefusal(
  request: IncomingMessage,
  { entrance, takesAnyBody }: { readonly entrance: Entrance; readonly takesAnyBody: boolean },
  options: GateOptions,
): GateRefusal | undefined {
  if (hasTwoHosts(request)) {
    return { status: 421, code: 'wrong-host', message: 'the request names two hosts' };
  }
  if (hookPath.test(request.url ?? '')) return undefined; // its secret is all that it needs
  const refusal = refusalOf(
    {
      method: request.method ?? 'GET',
      host: request.headers.host,
      origin: request.headers.origin,
      isForwarded: isForwarded(request.headers),
      remoteAddress: entrance === 'socket' ? undefined : (request.socket.remoteAddress ?? 'gone'),
      contentType: request.headers['content-type'],
      hasBody: !takesAnyBody && hasBody(request),
    },
    options,
  );
  return refusal?.code === 'not-loopback' ? undefined : refusal;
}
