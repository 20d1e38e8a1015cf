// The HTTP side of the emulated cloud, all its hosts on one port: finds the route, reads the body, sends the answer.
import { Buffer } from 'node:buffer';
import {
  createServer as createPlain,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import { hostname } from 'node:os';
import {
  type ErrorKind,
  HomeruleError,
  isForwarded,
  type Logger,
  messageOf,
  refusalOf,
} from '../../../../src/base/index.ts';
import type { Cloud } from '../cloud.ts';
import { closeServer, listen, type Place } from '../listen.ts';
import type { TlsFiles } from '../stream-door.ts';
import { legacyRoutes } from './legacy-api.ts';
import { messageRoutes } from './message-api.ts';
import { Parameters } from './parameters.ts';
import type { Route } from './route.ts';
import { topicRoutes } from './topic-api.ts';
import { voiceRoute } from './voice-api.ts';

const routes: ReadonlyMap<string, Route> = new Map(
  [...messageRoutes, ...topicRoutes, ...legacyRoutes, voiceRoute].map((route) => [
    `${route.method} ${route.path.replace(/\/$/, '')}`,
    route,
  ]),
);

/** A batch of topics, or a message and what is around it. */
const bodyBytes = 256 * 1024;
const json = 'application/json; charset=utf-8';
const statuses: Partial<Record<ErrorKind, number>> = { missing: 404, unavailable: 409 };

export interface HttpDoorOptions extends Place {
  readonly tls?: TlsFiles;
  readonly connections: number;
  readonly cloud: Cloud;
  readonly log: Logger;
}

/** Undefined when it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > bodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function localRefusal({ method = '', headers, socket }: IncomingMessage) {
  return refusalOf(
    {
      method,
      host: headers.host,
      origin: headers.origin,
      isForwarded: isForwarded(headers),
      remoteAddress: socket.remoteAddress ?? '',
      contentType: headers['content-type'],
      hasBody: true,
    },
    { hosts: [], origins: [], machine: hostname().toLowerCase() },
  );
}

function send(response: ServerResponse, status: number, body: unknown, contentType = json): void {
  response.writeHead(status, { 'content-type': contentType }).end(JSON.stringify(body));
}

export class HttpDoor {
  readonly #options: HttpDoorOptions;
  readonly #server: Server;

  constructor(options: HttpDoorOptions) {
    this.#options = options;
    const { tls, log, connections } = options;
    this.#server = tls === undefined ? createPlain() : createSecure(tls);
    this.#server.maxConnections = connections;
    this.#server.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        log.error({ error: messageOf(error), url: request.url }, 'a request to the emulator failed');
        if (response.headersSent) response.destroy();
        else send(response, 500, { code: 40000, message: 'unknown error' });
      });
    });
  }

  async open(): Promise<number> {
    return listen(this.#server, this.#options);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await closeServer(this.#server);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request;
    const [path = '', query = ''] = url.split('?');
    const route = routes.get(`${method} ${path.replace(/\/+$/, '')}`);
    if (route === undefined) {
      return send(response, 404, { code: 40000, message: `the emulator has no ${method} ${path}` });
    }
    const refusal = route.isLocal === true ? localRefusal(request) : undefined;
    if (refusal !== undefined) return send(response, refusal.status, refusal);
    const body = await bodyOf(request);
    if (body === undefined) {
      response.setHeader('connection', 'close');
      return send(response, 413, { code: 10002, message: `a body has at most ${bodyBytes} bytes` });
    }
    this.#answer(route, { query: new URLSearchParams(query), body }, response);
  }

  #answer(
    route: Route,
    { query, body }: { query: URLSearchParams; body: string },
    response: ServerResponse,
  ): void {
    const { cloud } = this.#options;
    try {
      const given = new Parameters(query, body);
      send(response, 200, route.answer({ cloud, given }), route.contentType);
    } catch (error) {
      if (!(error instanceof HomeruleError)) throw error;
      const { code, kind, message } = error;
      if (route.isLocal === true) send(response, statuses[kind] ?? 400, { code, message });
      else send(response, 200, { code: 10002, message, data: null });
    }
  }
}
