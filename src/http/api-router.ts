// Puts the route table before express: parameters, body and query in, replies out, 404 and 405 for the rest.
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { HouseDoor } from '../api/index.ts';
import { HomeruleError, nearest } from '../base/index.ts';
import { credentialsOf, type Entrance } from './actor.ts';
import { answer } from './answer.ts';
import { bodyText, maxBodyBytes } from './body.ts';
import { httpError } from './errors.ts';
import { withCause } from './flow-cause.ts';
import type { ApiDocuments } from './openapi/documents.ts';
import { expressPath, openApiPath, pathPattern } from './path-template.ts';
import type { RawCall, Route } from './route.ts';
import { isSecure } from './session-cookie.ts';

export interface ApiRouterOptions {
  readonly door: HouseDoor;
  readonly entrance: Entrance;
  readonly routes: readonly Route[];
  readonly documents: ApiDocuments;
}

/** A parameter that may hold slashes comes as its levels. */
function paramOf(request: Request, name: string): string {
  const value = request.params[name];
  if (value === undefined) {
    throw new HomeruleError('internal', 'bug', `the route of ${request.path} has no parameter ${name}`);
  }
  return typeof value === 'string' ? value : value.join('/');
}

function goneOf(response: Response): AbortSignal {
  const abort = new AbortController();
  const leave = (): void => {
    if (!response.writableFinished)
      abort.abort(httpError('client-gone', 'nobody waits for the answer any more'));
  };
  if (response.closed) leave();
  else response.once('close', leave);
  return abort.signal;
}

function callOf(request: Request, response: Response, options: ApiRouterOptions): RawCall {
  const { entry } = options.door;
  const credentials = credentialsOf(options.entrance, request);
  const actor = withCause(entry.identify(credentials), request.headers);
  return {
    api: options.door.as(actor),
    actor,
    entry,
    credentials,
    isSecure: isSecure(request),
    headers: request.headers,
    query: request.query,
    bodyText: bodyText(request),
    wantsYaml: request.accepts(['application/json', 'text/yaml']) === 'text/yaml',
    param: (name) => paramOf(request, name),
    gone: () => goneOf(response),
  };
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** 405 when the path is known under another method, else 404 with the nearest known path. */
function unknownRoute(routes: readonly Route[]): RequestHandler {
  const patterns = routes.map(({ path, method }) => ({ pattern: pathPattern(path), method }));
  const paths = new Set(routes.map(({ path }) => openApiPath(path)));
  return (request, response) => {
    const { path } = request;
    const found = patterns.filter(({ pattern }) => pattern.test(path));
    const methods = [...new Set(found.map(({ method }) => method.toUpperCase()))];
    if (methods.length > 0) {
      const allow = (methods.includes('GET') ? [...methods, 'HEAD'] : methods).join(', ');
      response.setHeader('Allow', allow);
      throw httpError('method-not-allowed', `${path.slice(0, 200)} takes ${allow}, not ${request.method}`);
    }
    const near = path.length <= 100 ? nearest(path, paths) : undefined;
    const hint = near === undefined ? '' : `; did you mean /api/v1${near}?`;
    throw httpError('path-missing', `there is no /api/v1${path.slice(0, 200)}${hint}`);
  };
}

export function apiRouter(options: ApiRouterOptions): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  router.use(noStore);
  router.use(express.raw({ type: () => true, limit: maxBodyBytes, inflate: false }));
  router.get('/openapi.json', (_request, response) =>
    answer(response, { status: 200, body: options.documents.openApi }),
  );
  for (const route of options.routes) {
    router[route.method](expressPath(route.path), async (request, response) => {
      await answer(response, await route.handle(callOf(request, response, options)));
    });
  }
  router.use(unknownRoute(options.routes));
  return router;
}
