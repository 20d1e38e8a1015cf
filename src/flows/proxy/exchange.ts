// What the HTTP listener hands over: a request or a socket that the gate has let through.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Credentials } from '../../api/index.ts';

export interface Asked {
  readonly request: IncomingMessage;
  readonly credentials: Credentials;
}

export interface Exchange extends Asked {
  readonly response: ServerResponse;
}

export interface Upgrade extends Asked {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** `text/html` is what a browser wants that opens a page. */
export function wantsPage({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

export function isWrite({ method }: IncomingMessage): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method ?? 'GET');
}
